with landed_events as (
    select * from {{ ref('landed_events') }}
    where
        collector = 'ga4'
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
        {{ parse_ga4('landed_events.line') }} as ga4
    from landed_events
),

timed as (
    select
        parsed.*,
        {{ parse_timestamp('parsed.ga4.event_timestamp') }} as event_at,
        cast(null as timestamp) as received_at,
        {{ parameters_object('parsed.ga4.event_params') }} as properties,
        cast(parsed.line as string) as payload
    from parsed
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
        {{ unread_text('timed.ga4.event_timestamp') }} as unread_time,
        {{ ga4_event_id('timed') }} as event_id,
        case timed.ga4.event_name
            when 'page_view' then 'page'
            when 'screen_view' then 'screen'
            else 'track'
        end as event_type,
        timed.ga4.event_name as source_event_name,
        timed.event_at as occurred_at,
        timed.received_at,
        timed.ga4.user_id,
        timed.ga4.user_pseudo_id as anonymous_id,
        timed.ga4.user_pseudo_id || '.'
        || {{ json_value('timed.properties', "'ga_session_id'") }}
            as source_session_id,
        {{ with_key(
            'timed.properties', 'revenue',
            number_as_json('timed.ga4.ecommerce.purchase_revenue')
        ) }} as properties,
        {{ parameters_object('timed.ga4.user_properties') }} as user_properties,
        timed.line as context,
        {{ consent_state('timed.ga4.privacy_info') }} as consent,
        {{ json_value('timed.properties', "'page_location'") }} as page_url,
        {{ json_value('timed.properties', "'page_title'") }} as page_title,
        {{ json_value('timed.properties', "'page_referrer'") }} as referrer,
        {{ first_filled([
            'timed.ga4.collected_traffic_source.manual_source',
            json_value('timed.properties', "'source'")
        ]) }} as utm_source,
        {{ first_filled([
            'timed.ga4.collected_traffic_source.manual_medium',
            json_value('timed.properties', "'medium'")
        ]) }} as utm_medium,
        {{ first_filled([
            'timed.ga4.collected_traffic_source.manual_campaign_name',
            json_value('timed.properties', "'campaign'")
        ]) }} as utm_campaign,
        {{ first_filled([
            'timed.ga4.collected_traffic_source.manual_term',
            json_value('timed.properties', "'term'")
        ]) }} as utm_term,
        {{ first_filled([
            'timed.ga4.collected_traffic_source.manual_content',
            json_value('timed.properties', "'content'")
        ]) }} as utm_content,
        {{ first_filled([
            'timed.ga4.collected_traffic_source.gclid',
            'timed.ga4.collected_traffic_source.dclid'
        ]) }} as click_id,
        case
            when trim(timed.ga4.collected_traffic_source.gclid) <> '' then 'gclid'
            else 'dclid'
        end as click_parameter,
        timed.ga4.device.web_info.browser,
        timed.ga4.device.operating_system as os,
        timed.ga4.device.category as device_type,
        timed.ga4.geo.country,
        timed.ga4.geo.region,
        timed.ga4.geo.city,
        timed.ga4.device.language as locale,
        timed.ga4.app_info.version as app_version,
        timed.ga4.platform
    from timed
)

select * from renamed
