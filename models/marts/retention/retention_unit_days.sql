{{ config(meta={'follows': 'people'}) }}

with returns as (
    select distinct
        return_event,
        unit
    from {{ ref('retention_definitions') }}
),

retention_unit_events as (
    select * from {{ ref('retention_unit_events') }}
)

select distinct
    unit_events.event,
    unit_events.unit,
    unit_events.unit_id,
    unit_events.person_id,
    {{ local_day('unit_events.occurred_at') }} as activity_date
from retention_unit_events as unit_events
inner join returns
    on
        unit_events.event = returns.return_event
        and unit_events.unit = returns.unit
