with recursive funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

step_events as (
    select * from {{ ref('funnel_step_events') }}
    where step = 1 and role = 'required'
),

funnel_links as (
    select * from {{ ref('funnel_links') }}
),

first_ever as (
    select
        step_events.funnel,
        step_events.person_id,
        min(step_events.person_position) as person_position
    from step_events
    group by step_events.funnel, step_events.person_id
),

entries as (
    select
        step_events.*,
        funnel_definitions.exclusion_rule,
        step_events.occurred_at
        + to_microseconds(cast(funnel_definitions.window_seconds * 1000000 as bigint))
            as closes_at
    from step_events
    inner join funnel_definitions
        on step_events.funnel = funnel_definitions.funnel
    inner join first_ever
        on
            step_events.funnel = first_ever.funnel
            and step_events.person_id = first_ever.person_id
    where
        step_events.occurred_at
        >= coalesce(funnel_definitions.entered_from, timestamp '0001-01-01')
        and step_events.occurred_at
        < coalesce(funnel_definitions.entered_until, timestamp '9999-01-01')
        and (
            funnel_definitions.entry_rule = 'any'
            or step_events.person_position = first_ever.person_position
        )
    qualify
        funnel_definitions.reentry_rule <> 'first_attempt'
        or row_number() over (
            partition by step_events.funnel, step_events.unit_id
            order by step_events.person_position, step_events.match_key
        ) = 1
),

-- From each first step on, the next event of the next step until the window closes.
attempts as (
    select
        entries.funnel,
        entries.unit_id,
        entries.person_id,
        entries.exclusion_rule,
        entries.match_key as entry_key,
        entries.event_key as entry_event_key,
        entries.person_position as entry_position,
        entries.occurred_at as entered_at,
        entries.closes_at,
        1 as step,
        entries.match_key,
        entries.occurred_at as reached_at,
        false as is_broken
    from entries

    union all

    select
        attempts.funnel,
        attempts.unit_id,
        attempts.person_id,
        attempts.exclusion_rule,
        attempts.entry_key,
        attempts.entry_event_key,
        attempts.entry_position,
        attempts.entered_at,
        attempts.closes_at,
        attempts.step + 1 as step,
        funnel_links.next_match_key as match_key,
        funnel_links.next_occurred_at as reached_at,
        attempts.is_broken or funnel_links.is_broken as is_broken
    from attempts
    inner join funnel_links
        on
            attempts.funnel = funnel_links.funnel
            and attempts.unit_id = funnel_links.unit_id
            and attempts.step = funnel_links.step
            and attempts.match_key = funnel_links.match_key
            and attempts.closes_at >= funnel_links.next_occurred_at
),

-- An exclusion between two steps ends the attempt before it, or voids it.
void_attempts as (
    select distinct
        attempts.funnel,
        attempts.unit_id,
        attempts.entry_key
    from attempts
    where
        attempts.is_broken
        and attempts.exclusion_rule = 'void_attempt'
)

select
    attempts.funnel,
    attempts.unit_id,
    attempts.person_id,
    attempts.entry_key,
    attempts.entry_event_key,
    attempts.entry_position,
    attempts.entered_at,
    attempts.step,
    attempts.reached_at
from attempts
left join void_attempts
    on
        attempts.funnel = void_attempts.funnel
        and attempts.unit_id = void_attempts.unit_id
        and attempts.entry_key = void_attempts.entry_key
where
    not attempts.is_broken
    and void_attempts.entry_key is null
