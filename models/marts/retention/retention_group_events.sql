with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
    where unit <> 'person'
),

event_groups as (
    select * from {{ ref('event_groups') }}
),

staged_events as (
    select * from {{ ref('staged_events') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

-- The events of a group are those of its people; its first is when it is first seen.
positioned as (
    select
        event_groups.event_key,
        event_groups.group_type,
        event_groups.group_id,
        staged_events.occurred_at,
        row_number() over (
            partition by event_groups.group_type, event_groups.group_id
            order by
                staged_events.occurred_at,
                staged_events.event_id,
                staged_events.collector
        ) as group_position
    from event_groups
    inner join staged_events
        on event_groups.event_key = staged_events.event_key
    where
        event_groups.group_type in (
            select retention_definitions.unit from retention_definitions
        )
)

select
    matched_events.event,
    positioned.group_type as unit,
    positioned.group_id as unit_id,
    positioned.event_key,
    positioned.occurred_at,
    positioned.group_position as unit_position
from matched_events
inner join positioned
    on matched_events.event_key = positioned.event_key
where matched_events.event <> 'first_seen'

union all

select
    'first_seen' as event,
    positioned.group_type as unit,
    positioned.group_id as unit_id,
    positioned.event_key,
    positioned.occurred_at,
    positioned.group_position as unit_position
from positioned
where positioned.group_position = 1
