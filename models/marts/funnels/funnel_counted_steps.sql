{{ config(meta=funnels_follow_people()) }}

with counted_attempts as (
    select * from {{ ref('funnel_counted_attempts') }}
),

funnel_attempts as (
    select * from {{ ref('funnel_attempts') }}
    where not is_plain
),

optional_steps as (
    select * from {{ ref('funnel_step_definitions') }}
    where role = 'optional'
),

optional_events as (
    select * from {{ ref('funnel_step_events') }}
    where role = 'optional'
),

funnel_breaks as (
    select * from {{ ref('funnel_breaks') }}
    where coalesce(excluded_at, interrupted_at) is not null
),

required as (
    select
        plain_attempts.funnel,
        plain_attempts.person_id,
        plain_attempts.history_key,
        plain_attempts.history_key as entry_key,
        plain_attempts.entered_at,
        null as period_start,
        1 as attempt,
        null as depth,
        true as is_counted,
        plain_attempts.step,
        null as match_key,
        plain_attempts.reached_at,
        plain_attempts.previous_reached_at,
        plain_attempts.next_reached_at,
        plain_attempts.closes_at as ends_at,
        null as excluded_at
    from {{ ref('funnel_plain_attempts') }} as plain_attempts

    union all

    select
        counted_attempts.*,
        funnel_attempts.step,
        funnel_attempts.match_key,
        funnel_attempts.reached_at,
        lag(funnel_attempts.reached_at) over steps as previous_reached_at,
        lead(funnel_attempts.reached_at) over steps as next_reached_at,
        least(
            coalesce(funnel_attempts.broken_at, funnel_breaks.interrupted_at),
            funnel_attempts.closes_at
        ) as ends_at,
        funnel_breaks.excluded_at
    from counted_attempts
    inner join funnel_attempts
        on
            counted_attempts.history_key = funnel_attempts.history_key
            and counted_attempts.entry_key = funnel_attempts.entry_key
    left join funnel_breaks
        on
            funnel_attempts.history_key = funnel_breaks.history_key
            and funnel_attempts.filled_step = funnel_breaks.step
            and funnel_attempts.reached_at = funnel_breaks.occurred_at
    window steps as (
        partition by counted_attempts.history_key, counted_attempts.entry_key
        order by funnel_attempts.step
    )
)

select
    required.funnel,
    required.person_id,
    required.history_key,
    required.entry_key,
    required.attempt,
    required.is_counted,
    required.period_start,
    required.entered_at,
    required.step,
    required.reached_at,
    required.previous_reached_at,
    required.next_reached_at,
    required.ends_at
from required

union all

-- An optional step is reached between the required ones around it, before any exclusion
-- that lies there, by what fills no required one of the attempt.
select
    required.funnel,
    required.person_id,
    required.history_key,
    required.entry_key,
    required.attempt,
    required.is_counted,
    required.period_start,
    required.entered_at,
    optional_steps.step,
    min(optional_events.occurred_at) as reached_at,
    required.reached_at as previous_reached_at,
    cast(null as timestamp) as next_reached_at,
    required.ends_at
from required
inner join optional_steps
    on
        required.funnel = optional_steps.funnel
        and required.step = optional_steps.previous_step
inner join optional_events
    on
        required.history_key = optional_events.history_key
        and optional_steps.step = optional_events.step
        and optional_events.occurred_at between required.reached_at
        and coalesce(
            required.next_reached_at, least(required.ends_at, required.excluded_at)
        )
left join required as filled
    on
        required.history_key = filled.history_key
        and required.entry_key = filled.entry_key
        and optional_events.match_key = filled.match_key
where filled.match_key is null
group by all
