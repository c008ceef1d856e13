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

shared_events as (
    select
        step_events.funnel,
        step_events.unit_id,
        step_events.match_key
    from step_events
    inner join overlapping_funnels
        on step_events.funnel = overlapping_funnels.funnel
    where step_events.role = 'required'
    group by step_events.funnel, step_events.unit_id, step_events.match_key
    having count(*) > 1
),

sharing_units as (
    select distinct
        shared_events.funnel,
        shared_events.unit_id
    from shared_events
)

-- What happened at the same moment may come next, whatever its id; but where an event
-- may fit several steps, only what stands later, so that none fills two. What happens
-- by itself (a session's start) shares its place with the event that shows it.
select
    step_events.*,
    sharing_units.unit_id is not null as has_shared_events,
    case
        when sharing_units.unit_id is null then step_events.tied_position
        when
            step_events.match_key <> step_events.event_key
            and shared_events.match_key is null
            then step_events.person_position
        else step_events.person_position + 1
    end as search_from
from step_events
left join sharing_units
    on
        step_events.funnel = sharing_units.funnel
        and step_events.unit_id = sharing_units.unit_id
left join shared_events
    on
        step_events.funnel = shared_events.funnel
        and step_events.unit_id = shared_events.unit_id
        and step_events.match_key = shared_events.match_key
where step_events.unit_id is not null
