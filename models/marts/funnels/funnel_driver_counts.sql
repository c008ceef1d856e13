with funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
    where has_drivers
),

funnel_step_definitions as (
    select * from {{ ref('funnel_step_definitions') }}
    where role = 'required'
),

own_events as (
    select
        funnel_step_definitions.funnel,
        event_parts.event_name
    from funnel_step_definitions
    inner join {{ ref('event_parts') }} as event_parts
        on funnel_step_definitions.event = event_parts.event
),

required_steps as (
    select * from {{ ref('funnel_required_steps') }}
    where
        is_counted
        and breakdown_value = '(all)'
        and funnel in (select funnel_definitions.funnel from funnel_definitions)
),

session_events as (
    select * from {{ ref('session_events') }}
    where is_interaction
),

-- From each step to the next, or to the end of the attempt. Of attempts whose end has
-- not come those that got on are known already, and the others not: neither counts.
spans as (
    select
        required_steps.funnel,
        required_steps.person_id,
        required_steps.history_key,
        required_steps.entry_key,
        required_steps.step,
        funnel_step_definitions.next_step,
        case funnel_definitions.unit when 'session' then required_steps.holder_id end
            as session_id,
        required_steps.next_reached_at is not null as has_converted,
        required_steps.reached_at,
        coalesce(required_steps.next_reached_at, required_steps.ends_at) as ends_at
    from required_steps
    inner join funnel_definitions
        on required_steps.funnel = funnel_definitions.funnel
    inner join funnel_step_definitions
        on
            required_steps.funnel = funnel_step_definitions.funnel
            and required_steps.step = funnel_step_definitions.step
    cross join {{ ref('data_bounds') }} as data_bounds
    where
        funnel_step_definitions.next_step is not null
        and required_steps.ends_at <= data_bounds.as_of
),

totals as (
    select
        spans.funnel,
        spans.step,
        spans.next_step,
        count(*) as people_count,
        count(*) filter (where spans.has_converted) as converted_count
    from spans
    group by spans.funnel, spans.step, spans.next_step
),

happenings as (
    select distinct
        spans.funnel,
        spans.step,
        spans.history_key,
        spans.entry_key,
        spans.has_converted,
        session_events.event_name
    from spans
    inner join session_events
        on
            spans.person_id = session_events.person_id
            and spans.reached_at < session_events.occurred_at
            and spans.ends_at > session_events.occurred_at
            and (
                spans.session_id is null
                or spans.session_id = session_events.session_id
            )
),

counted as (
    select
        happenings.funnel,
        happenings.step,
        happenings.event_name,
        count(*) as with_count,
        count(*) filter (where happenings.has_converted) as with_converted_count
    from happenings
    where (happenings.funnel, happenings.event_name) not in (
        select
            own_events.funnel,
            own_events.event_name
        from own_events
    )
    group by happenings.funnel, happenings.step, happenings.event_name
)

select
    counted.funnel,
    counted.step,
    totals.next_step,
    counted.event_name,
    totals.people_count,
    totals.converted_count,
    counted.with_count,
    counted.with_converted_count,
    totals.people_count - counted.with_count as without_count,
    totals.converted_count - counted.with_converted_count as without_converted_count
from counted
inner join totals
    on
        counted.funnel = totals.funnel
        and counted.step = totals.step
