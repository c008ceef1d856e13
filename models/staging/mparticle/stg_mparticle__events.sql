with landed_events as (
    select * from {{ ref('landed_events') }}
    where
        collector = 'mparticle'
        and reject_reason is null
),

batches as (
    select
        landed_events.*,
        {{ parse_mparticle('landed_events.line') }} as mparticle
    from landed_events
),

-- One line is a batch of many events.
unnested as (
    select
        batches.*,
        {{ numbered_elements('batches.mparticle.events', 'position', 'element') }}
    from batches
),

events as (
    select
        unnested.*,
        {{ parse_mparticle_event('unnested.element') }} as own
    from unnested
),

paid as (
    select
        events.*,
        {{ with_key(
            'events.own.data.custom_attributes', 'total',
            number_as_json('events.own.data.product_action.total_amount')
        ) }} as attributes
    from events
),

timed as (
    select
        paid.*,
        {{ parse_timestamp(
            'coalesce(paid.own.data.timestamp_unixtime_ms,
                paid.mparticle.timestamp_unixtime_ms)'
        ) }} as happened_at,
        {{ with_key(
            'paid.attributes', 'currency', json_string('paid.own.data.currency_code')
        ) }} as priced_attributes
    from paid
),

renamed as (
    select
        {{ hash_key('timed.event_key', 'timed.position') }} as event_key,
        timed.event_key as line_key,
        timed.file_name,
        timed.line_number,
        cast(timed.line as string) as payload,
        timed.collector,
        timed.copy_number,
        concat(coalesce(timed.line_hash, ''), '-', timed.position) as line_hash,
        case
            when timed.happened_at is null
                then nullif(trim(timed.own.data.timestamp_unixtime_ms), '')
        end as unread_time,
        coalesce(
            nullif(trim(timed.own.data.source_message_id), ''),
            timed.mparticle.source_request_id || '-' || timed.own.data.event_id
        ) as event_id,
        case timed.own.event_type
            when 'screen_view' then 'screen'
            when 'user_attribute_change' then 'identify'
            when 'user_identity_change' then 'identify'
            else 'track'
        end as event_type,
        {{ first_filled([
            'timed.own.data.event_name', 'timed.own.data.product_action.action',
            'timed.own.event_type'
        ]) }} as source_event_name,
        timed.happened_at as occurred_at,
        cast(null as timestamp) as received_at,
        {{ first_filled([
            'timed.mparticle.user_identities.customer_id',
            'timed.mparticle.user_identities.email'
        ]) }} as user_id,
        {{ first_filled([
            'timed.mparticle.device_info.device_uuid',
            'timed.mparticle.user_identities.device_application_stamp',
            known_advertising_id('timed.mparticle.device_info.ios_advertising_id'),
            'timed.mparticle.mpid'
        ]) }} as anonymous_id,
        {{ first_filled(['timed.own.data.session_uuid', 'timed.own.data.session_id']) }}
            as source_session_id,
        {{ with_key(
            'timed.priced_attributes', 'screen_name',
            json_string('timed.own.data.screen_name')
        ) }} as properties,
        timed.mparticle.user_attributes as user_properties,
        timed.element as context,
        {{ consent_state('timed.mparticle.consent_state') }} as consent,
        timed.mparticle.device_info.http_header_user_agent as user_agent,
        timed.mparticle.device_info.operating_system as os,
        timed.mparticle.ip,
        timed.mparticle.device_info.locale_language as locale,
        timed.mparticle.application_info.application_version as app_version,
        timed.mparticle.device_info.platform,
        timed.mparticle.environment = 'development' as is_development
    from timed
)

select * from renamed
