{{ config(meta=funnels_follow_people()) }}

with counted_attempts as (
    select * from {{ ref('funnel_counted_attempts') }}
),

funnel_attempts as (
    select * from {{ ref('funnel_attempts') }}
),

funnel_breaks as (
    select * from {{ ref('funnel_breaks') }}
    where coalesce(excluded_at, interrupted_at) is not null
)

select
    funnel_attempts.funnel,
    funnel_attempts.person_id,
    funnel_attempts.holder_id,
    funnel_attempts.unit_id,
    funnel_attempts.breakdown_value,
    funnel_attempts.history_key,
    funnel_attempts.entry_key,
    counted_attempts.attempt,
    counted_attempts.is_counted,
    counted_attempts.period_start,
    funnel_attempts.entered_at,
    funnel_attempts.step,
    funnel_attempts.filled_step,
    funnel_attempts.match_key,
    funnel_attempts.occurred_at,
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
