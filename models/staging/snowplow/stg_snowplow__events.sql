with landed_events as (
    select * from {{ ref('landed_events') }}
    where
        collector = 'snowplow'
        and reject_reason is null
),

parsed as (
    select
        landed_events.event_key,
        landed_events.file_name,
        landed_events.line_number,
        landed_events.line,
        landed_events.collector,
        landed_events.copy_number,
        landed_events.line_hash,
        {{ parse_snowplow('landed_events.line') }} as snowplow
    from landed_events
),

told as (
    select
        parsed.*,
        {{ first_filled([
            'parsed.snowplow.true_tstamp', 'parsed.snowplow.derived_tstamp'
        ]) }} as told_time,
        {{ snowplow_properties('parsed.line') }} as own_properties,
        cast(parsed.line as string) as payload
    from parsed
),

timed as (
    select
        told.*,
        {{ parse_timestamp('told.told_time') }} as event_at,
        {{ parse_timestamp('told.snowplow.dvce_created_tstamp') }} as original_at,
        {{ parse_timestamp('told.snowplow.dvce_sent_tstamp') }} as sent_at,
        {{ parse_timestamp('told.snowplow.collector_tstamp') }} as received_at,
        {{ with_key(
            'told.own_properties', 'total', number_as_json('told.snowplow.tr_total')
        ) }} as properties
    from told
),

renamed as (
    select
        timed.event_key,
        timed.file_name,
        timed.line_number,
        timed.payload,
        timed.collector,
        timed.copy_number,
        timed.line_hash,
        {{ unread_text('timed.told_time') }} as unread_time,
        timed.snowplow.event_id,
        timed.snowplow.event_fingerprint as duplicate_key,
        case coalesce(timed.snowplow.event_name, timed.snowplow.event)
            when 'page_view' then 'page'
            when 'screen_view' then 'screen'
            else 'track'
        end as event_type,
        coalesce(
            nullif(trim(timed.snowplow.se_action), ''),
            nullif(trim(timed.snowplow.event_name), ''),
            timed.snowplow.event
        ) as source_event_name,
        {{ happened_at('timed') }} as occurred_at,
        timed.received_at,
        timed.snowplow.user_id,
        coalesce(
            nullif(trim(timed.snowplow.domain_userid), ''),
            {{ snowplow_client_session('timed.snowplow') }}.userid,
            timed.snowplow.network_userid
        ) as anonymous_id,
        coalesce(
            timed.snowplow.domain_sessionid,
            {{ snowplow_client_session('timed.snowplow') }}.sessionid
        ) as source_session_id,
        case when timed.snowplow.platform = 'srv' then 'server' end
            as sender_channel,
        {{ with_key(
            'timed.properties', 'currency', json_string('timed.snowplow.tr_currency')
        ) }} as properties,
        timed.line as context,
        timed.snowplow.page_url,
        timed.snowplow.page_urlpath as page_path,
        timed.snowplow.page_title,
        timed.snowplow.page_referrer as referrer,
        timed.snowplow.mkt_source as utm_source,
        timed.snowplow.mkt_medium as utm_medium,
        timed.snowplow.mkt_campaign as utm_campaign,
        timed.snowplow.mkt_term as utm_term,
        timed.snowplow.mkt_content as utm_content,
        timed.snowplow.mkt_clickid as click_id,
        case timed.snowplow.mkt_network
            when 'Google' then 'gclid'
            when 'Microsoft' then 'msclkid'
            when 'DoubleClick' then 'dclid'
        end as click_parameter,
        timed.snowplow.useragent as user_agent,
        coalesce(timed.snowplow.br_family, timed.snowplow.br_name)
            as browser,
        coalesce(timed.snowplow.os_family, timed.snowplow.os_name) as os,
        timed.snowplow.dvce_type as device_type,
        timed.snowplow.geo_country as country,
        timed.snowplow.geo_region as region,
        timed.snowplow.geo_city as city,
        timed.snowplow.user_ipaddress as ip,
        timed.snowplow.br_lang as locale,
        timed.snowplow.platform,
        timed.snowplow.v_tracker as library
    from timed
)

select * from renamed
