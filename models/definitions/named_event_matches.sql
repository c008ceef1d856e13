{{ config(meta={'follows': 'events'}) }}

with staged_events as (
    select * from {{ ref('staged_events') }}
),

event_parts as (
    select
        *,
        count(*) over (partition by event) as part_count,
        count(*) over (partition by event, alternative) as alternative_part_count
    from {{ ref('event_parts') }}
),

event_property_values as (
    select * from {{ ref('event_property_values') }}
),

candidates as (
    select
        event_parts.*,
        staged_events.event_key
    from staged_events
    inner join event_parts
        on staged_events.event_name = event_parts.event_name

    union all

    select
        event_parts.*,
        staged_events.event_key
    from staged_events
    inner join event_parts
        on event_parts.event_name = '*' and staged_events.is_interaction
),

-- The conditions of one alternative hold together, any alternative is enough.
composed as (
    select
        candidates.event,
        candidates.event_key
    from candidates
    left join event_property_values
        on
            candidates.event_key = event_property_values.event_key
            and candidates.property_name = event_property_values.property_name
    where
        (candidates.part_count > 1 or candidates.property_name is not null)
        and (
            candidates.property_name is null
            or {{ condition_holds(
                'event_property_values.property_value', 'candidates.operator',
                'candidates.property_value'
            ) }}
        )
    group by candidates.event, candidates.alternative, candidates.event_key
    having count(*) = max(candidates.alternative_part_count)
)

select
    candidates.event,
    candidates.event_key
from candidates
where
    candidates.part_count = 1
    and candidates.property_name is null

union all

select distinct
    composed.event,
    composed.event_key
from composed
