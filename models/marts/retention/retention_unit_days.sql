{{ config(meta={'follows': 'people'}) }}

with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

retention_unit_events as (
    select * from {{ ref('retention_unit_events') }}
),

named as (
    select
        retention_definitions.cohort_event as event,
        retention_definitions.unit
    from retention_definitions

    union

    select
        retention_definitions.return_event as event,
        retention_definitions.unit
    from retention_definitions
)

select
    retention_unit_events.event,
    retention_unit_events.unit,
    retention_unit_events.unit_id,
    retention_unit_events.person_id,
    {{ local_day('retention_unit_events.occurred_at') }} as activity_date,
    min(retention_unit_events.occurred_at) as first_at,
    min(retention_unit_events.unit_position) as first_position,
    min_by(retention_unit_events.event_key, retention_unit_events.unit_position)
        as first_event_key,
    max(retention_unit_events.occurred_at) as last_at,
    max(retention_unit_events.unit_position) as last_position
from retention_unit_events
inner join named
    on
        retention_unit_events.event = named.event
        and retention_unit_events.unit = named.unit
group by all
