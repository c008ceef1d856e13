with staged_events as (
    select * from {{ ref('staged_events') }}
),

event_parts as (
    select * from {{ ref('event_parts') }}
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

unconditional as (
    select
        candidates.event,
        candidates.event_key
    from candidates
    group by candidates.event, candidates.alternative, candidates.event_key
    having count(candidates.property_name) = 0
),

part_counts as (
    select
        event_parts.event,
        event_parts.alternative,
        count(*) as part_count
    from event_parts
    group by event_parts.event, event_parts.alternative
),

-- The conditions of one alternative hold together.
conditional as (
    select
        candidates.event,
        candidates.event_key
    from candidates
    inner join part_counts
        on
            candidates.event = part_counts.event
            and candidates.alternative = part_counts.alternative
    left join event_property_values
        on
            candidates.event_key = event_property_values.event_key
            and candidates.property_name = event_property_values.property_name
    where candidates.property_name is null
        or {{ condition_holds(
            'event_property_values.property_value', 'candidates.operator',
            'candidates.property_value'
        ) }}
    group by candidates.event, candidates.alternative, candidates.event_key
    having
        count(*) = max(part_counts.part_count)
        and count(candidates.property_name) > 0
)

select * from unconditional

union

select * from conditional
