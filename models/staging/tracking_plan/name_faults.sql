with track_names as (
    select
        event_names.source_event_name,
        event_names.event_name
    from {{ ref('event_names') }} as event_names
    where event_names.event_type = 'track'
),

planned_events as (
    select * from {{ ref('planned_events') }}
),

conventions as (
    select
        {{ cell('convention', 'plan') }} as convention,
        {{ cell('pattern', 'plan') }} as pattern
    from {{ ref('defaulted_tracking_plan') }} as plan
    where plan.file = 'tracking_plan_conventions'
),

convention_names as (
    select {{ joined_texts('convention', "' or '", 'convention') }} as conventions
    from conventions
)

select
    track_names.source_event_name,
    'unplanned_event' as rule,
    'an event of the plan' as expected
from track_names
where
    not exists (
        select 1 from planned_events
        where planned_events.event_name = track_names.event_name
    )

union all

select
    track_names.source_event_name,
    'naming' as rule,
    convention_names.conventions as expected
from track_names
inner join convention_names
    on convention_names.conventions is not null
where
    not exists (
        select 1 from conventions
        where {{ has_match('track_names.source_event_name', 'conventions.pattern') }}
    )
