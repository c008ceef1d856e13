{{ config(materialized='view') }}

with funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
    where entry_rule = 'first_ever'
),

opening_steps as (
    select
        steps.funnel,
        steps.event,
        funnel_definitions.unit
    from {{ ref('funnel_step_definitions') }} as steps
    inner join funnel_definitions
        on steps.funnel = funnel_definitions.funnel
    where
        steps.role = 'required'
        and (steps.step = 1 or funnel_definitions.order_rule = 'unordered')
),

-- A person's first is the first of all, also outside sessions and without the value of
-- a held property; a group's is that of its people.
opening_events as (
    select
        opening_steps.funnel,
        case
            when opening_steps.unit in ('person', 'session')
                then matched_events.person_id
            else event_groups.group_id
        end as owner_id,
        matched_events.occurred_at
    from {{ ref('matched_events') }} as matched_events
    inner join opening_steps
        on matched_events.event = opening_steps.event
    left join {{ ref('event_groups') }} as event_groups
        on
            matched_events.event_key = event_groups.event_key
            and opening_steps.unit = event_groups.group_type
)

select
    opening_events.funnel,
    opening_events.owner_id,
    min(opening_events.occurred_at) as occurred_at
from opening_events
where opening_events.owner_id is not null
group by opening_events.funnel, opening_events.owner_id
