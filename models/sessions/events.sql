{{ config(materialized='view') }}

with described_events as (
    select * from {{ ref('described_events') }}
),

session_events as (
    select * from {{ ref('session_events') }}
),

event_contents as (
    select * from {{ ref('event_contents') }}
),

planned_events as (
    select distinct {{ snake_case('event') }} as event_name
    from {{ ref('tracking_plan_events') }}
)

select
    described_events.event_id,
    described_events.collector,
    described_events.event_type,
    described_events.event_name,
    described_events.source_event_name,
    session_events.person_id,
    session_events.session_id,
    cast(session_events.event_index as integer) as event_index,
    described_events.user_id,
    described_events.anonymous_id,
    described_events.source_session_id,
    event_contents.properties,
    event_contents.context,
    event_contents.user_properties,
    event_contents.group_ids,
    described_events.page_url,
    described_events.page_host,
    described_events.page_path,
    described_events.page_title,
    described_events.referrer,
    described_events.referrer_host,
    described_events.utm_source,
    described_events.utm_medium,
    described_events.utm_campaign,
    described_events.utm_term,
    described_events.utm_content,
    described_events.click_id,
    session_events.channel,
    described_events.user_agent,
    described_events.browser,
    described_events.browser_version,
    described_events.os,
    described_events.os_version,
    described_events.device_type,
    described_events.country,
    described_events.region,
    described_events.city,
    described_events.ip,
    described_events.locale,
    described_events.app_version,
    described_events.platform,
    described_events.library,
    described_events.currency,
    cast(described_events.revenue as double) as revenue,
    described_events.is_interaction,
    described_events.is_bot,
    described_events.is_internal,
    described_events.consent,
    described_events.event_name in (
        select planned_events.event_name from planned_events
    ) as is_planned,
    described_events.file_name,
    described_events.occurred_at,
    described_events.received_at
from described_events
inner join session_events
    on described_events.event_key = session_events.event_key
inner join event_contents
    on described_events.event_key = event_contents.event_key
