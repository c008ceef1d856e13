{{ config(meta=funnels_follow_people()) }}

with funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

step_events as (
    select * from {{ ref('funnel_step_events') }}
    where role = 'required'
),

steps as (
    select distinct
        funnel,
        step,
        is_any_event,
        is_overlapping
    from {{ ref('funnel_step_pairs') }}
    where not is_plain
),

-- Where the order does not matter, any step opens the window.
opening_events as (
    select
        step_events.*,
        coalesce(step_events.person_id, step_events.holder_id) as owner_id,
        steps.is_any_event,
        steps.is_overlapping,
        funnel_definitions.order_rule,
        funnel_definitions.window_seconds,
        funnel_definitions.reentry_rule,
        funnel_definitions.entry_rule,
        funnel_definitions.entered_from,
        funnel_definitions.entered_until
    from step_events
    inner join steps
        on
            step_events.funnel = steps.funnel
            and step_events.step = steps.step
    inner join funnel_definitions
        on step_events.funnel = funnel_definitions.funnel
    where step_events.step = 1 or funnel_definitions.order_rule = 'unordered'
),

first_events as (
    select * from {{ ref('funnel_first_events') }}
),

admitted as (
    select opening_events.*
    from opening_events
    left join first_events
        on
            opening_events.funnel = first_events.funnel
            and opening_events.owner_id = first_events.owner_id
    where
        (
            opening_events.entry_rule = 'any'
            or opening_events.occurred_at = first_events.occurred_at
        )
        and opening_events.occurred_at
        >= coalesce(opening_events.entered_from, timestamp '0001-01-01')
        and opening_events.occurred_at
        < coalesce(opening_events.entered_until, timestamp '9999-01-01')
),

-- All that opens an attempt at its first moment, so that no id decides.
first_attempts as (
    select
        admitted.history_key,
        min(admitted.occurred_at) as occurred_at
    from admitted
    where admitted.reentry_rule = 'first_attempt'
    group by admitted.history_key
),

-- Where the order does not matter, what fills the first of the steps opens at a moment,
-- any event last; the others of that moment follow.
opening_steps as (
    select
        admitted.history_key,
        admitted.occurred_at,
        coalesce(
            min(admitted.step) filter (where not admitted.is_any_event),
            min(admitted.step)
        ) as step
    from admitted
    where admitted.order_rule = 'unordered'
    group by admitted.history_key, admitted.occurred_at
)

select
    admitted.funnel,
    admitted.person_id,
    admitted.holder_id,
    admitted.held_value,
    admitted.breakdown_value,
    admitted.history_key,
    admitted.match_key as entry_key,
    admitted.step,
    admitted.is_overlapping,
    admitted.order_rule,
    admitted.occurred_at as entered_at,
    {{ seconds_after('admitted.occurred_at', 'admitted.window_seconds') }} as closes_at
from admitted
left join first_attempts
    on admitted.history_key = first_attempts.history_key
left join opening_steps
    on
        admitted.history_key = opening_steps.history_key
        and admitted.occurred_at = opening_steps.occurred_at
where
    (
        admitted.reentry_rule <> 'first_attempt'
        or admitted.occurred_at = first_attempts.occurred_at
    )
    and (
        admitted.order_rule <> 'unordered'
        or admitted.step = opening_steps.step
    )
