with funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

funnel_step_definitions as (
    select * from {{ ref('funnel_step_definitions') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

event_parts as (
    select * from {{ ref('event_parts') }}
),

step_events as (
    select
        funnel_step_definitions.funnel,
        funnel_step_definitions.role,
        funnel_step_definitions.step,
        funnel_step_definitions.after_step,
        funnel_step_definitions.before_step,
        case funnel_definitions.unit
            when 'session' then matched_events.session_id
            else matched_events.person_id
        end as unit_id,
        matched_events.person_id,
        matched_events.match_key,
        matched_events.event_key,
        matched_events.occurred_at,
        matched_events.person_position,
        matched_events.tied_position
    from funnel_step_definitions
    inner join funnel_definitions
        on funnel_step_definitions.funnel = funnel_definitions.funnel
    inner join matched_events
        on funnel_step_definitions.event = matched_events.event
),

-- Funnels in which one event could fit two steps, by what their names stand for.
overlapping_funnels as (
    select distinct earlier.funnel
    from funnel_step_definitions as earlier
    inner join funnel_step_definitions as later
        on
            earlier.funnel = later.funnel
            and earlier.step < later.step
            and earlier.role = 'required'
            and later.role = 'required'
    inner join event_parts as earlier_parts
        on earlier.event = earlier_parts.event
    inner join event_parts as later_parts
        on
            later.event = later_parts.event
            and (
                earlier_parts.event_name = later_parts.event_name
                or '*' in (earlier_parts.event_name, later_parts.event_name)
            )
),

units_with_shared_events as (
    select
        step_events.funnel,
        step_events.unit_id
    from step_events
    inner join overlapping_funnels
        on step_events.funnel = overlapping_funnels.funnel
    where step_events.role = 'required'
    group by step_events.funnel, step_events.unit_id
    having count(*) > count(distinct step_events.match_key)
)

select
    step_events.*,
    units_with_shared_events.unit_id is not null as has_shared_events
from step_events
left join units_with_shared_events
    on
        step_events.funnel = units_with_shared_events.funnel
        and step_events.unit_id = units_with_shared_events.unit_id
where step_events.unit_id is not null
