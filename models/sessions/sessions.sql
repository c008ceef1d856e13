{{ config(meta={'follows': 'people'}) }}

with session_events as (
    select * from {{ ref('session_events') }}
    where session_id is not null
),

staged_events as (
    select * from {{ ref('staged_events') }}
),

conversion_events as (
    select distinct named_event_matches.event_key
    from {{ ref('named_event_matches') }} as named_event_matches
    inner join {{ ref('conversion_names') }} as conversion_names
        on named_event_matches.event = conversion_names.event
),

placed as (
    select
        session_events.session_id,
        session_events.person_id,
        session_events.event_index,
        session_events.is_interaction,
        staged_events.occurred_at,
        staged_events.event_name in ('page_viewed', 'screen_viewed') as is_page_view,
        staged_events.page_path,
        staged_events.revenue,
        staged_events.utm_source,
        staged_events.utm_medium,
        staged_events.utm_campaign,
        session_events.channel,
        conversion_events.event_key is not null as is_conversion
    from session_events
    inner join staged_events
        on session_events.event_key = staged_events.event_key
    left join conversion_events
        on session_events.event_key = conversion_events.event_key
),

aggregated as (
    select
        placed.session_id,
        min(placed.person_id) as person_id,
        min(placed.occurred_at) as started_at,
        max(placed.occurred_at) as ended_at,
        count(*) as event_count,
        count(*) filter (where placed.is_page_view) as page_view_count,
        bool_or(placed.is_conversion) as has_conversion,
        min_by(placed.page_path, placed.event_index) filter (
            where placed.page_path is not null
        ) as entry_page_path,
        max_by(placed.page_path, placed.event_index) filter (
            where placed.page_path is not null
        ) as exit_page_path,
        min(placed.event_index) filter (
            where coalesce(
                placed.utm_source, placed.utm_medium, placed.utm_campaign,
                placed.channel
            ) is not null
        ) as source_index,
        coalesce(sum(placed.revenue), 0) as revenue
    from placed
    group by placed.session_id
),

measured as (
    select
        aggregated.*,
        {{ seconds_between('aggregated.started_at', 'aggregated.ended_at') }}
            as duration_seconds
    from aggregated
)

select
    measured.session_id,
    measured.person_id,
    measured.entry_page_path,
    measured.exit_page_path,
    coalesce(source.channel, 'Direct') as channel,
    source.utm_source,
    source.utm_medium,
    source.utm_campaign,
    measured.duration_seconds > 10
    or measured.has_conversion
    or measured.page_view_count >= 2 as is_engaged,
    not(
        measured.duration_seconds > 10
        or measured.has_conversion
        or measured.page_view_count >= 2
    ) as is_bounce,
    measured.event_count,
    measured.page_view_count,
    cast(measured.revenue as double) as revenue,
    measured.duration_seconds,
    measured.started_at,
    measured.ended_at
from measured
left join placed as source
    on
        measured.session_id = source.session_id
        and measured.source_index = source.event_index
