{{ config(materialized='view') }}

with staged_events as (
    select * from {{ ref('staged_events') }}
),

session_events as (
    select * from {{ ref('session_events') }}
),

landed_properties as (
    select * from {{ ref('collected_events') }}
),

planned_events as (
    select distinct {{ snake_case('event') }} as event_name
    from {{ ref('tracking_plan_events') }}
)

select
    staged_events.event_id,
    staged_events.collector,
    staged_events.event_type,
    staged_events.event_name,
    staged_events.source_event_name,
    session_events.person_id,
    session_events.session_id,
    cast(session_events.event_index as integer) as event_index,
    staged_events.user_id,
    staged_events.anonymous_id,
    staged_events.source_session_id,
    landed_properties.properties,
    {{ without_ip('landed_properties.context') }} as context,
    landed_properties.user_properties,
    landed_properties.group_ids,
    staged_events.page_url,
    staged_events.page_host,
    staged_events.page_path,
    staged_events.page_title,
    staged_events.referrer,
    staged_events.referrer_host,
    staged_events.utm_source,
    staged_events.utm_medium,
    staged_events.utm_campaign,
    staged_events.utm_term,
    staged_events.utm_content,
    staged_events.click_id,
    session_events.channel,
    staged_events.user_agent,
    staged_events.browser,
    staged_events.os,
    staged_events.device_type,
    staged_events.country,
    staged_events.region,
    staged_events.city,
    staged_events.ip,
    staged_events.locale,
    staged_events.app_version,
    staged_events.platform,
    staged_events.library,
    staged_events.currency,
    cast(staged_events.revenue as double) as revenue,
    staged_events.is_interaction,
    staged_events.event_name in (select planned_events.event_name from planned_events)
        as is_planned,
    staged_events.file_name,
    staged_events.occurred_at,
    staged_events.received_at
from staged_events
inner join session_events
    on staged_events.event_key = session_events.event_key
inner join landed_properties
    on staged_events.event_key = landed_properties.event_key
