{{ config(materialized='view') }}

with funnel_chains as (
    select * from {{ ref('funnel_chains') }}

    union all

    select * from {{ ref('funnel_unordered_chains') }}
),

funnel_histories as (
    select * from {{ ref('funnel_histories') }}
),

broken_attempts as (
    select
        funnel_chains.history_key,
        funnel_chains.entry_key,
        funnel_chains.excluded_at,
        funnel_chains.interrupted_at
    from funnel_chains
    where coalesce(funnel_chains.excluded_at, funnel_chains.interrupted_at) is not null
)

-- An exclusion between two steps ends the attempt before it, or voids it.
select
    funnel_histories.funnel,
    funnel_histories.unit_id,
    funnel_histories.person_id,
    funnel_histories.holder_id,
    funnel_histories.breakdown_value,
    funnel_histories.reentry_rule,
    funnel_histories.trend_period,
    funnel_chains.history_key,
    funnel_chains.entry_key,
    funnel_chains.step,
    funnel_chains.filled_step,
    funnel_chains.match_key,
    funnel_chains.occurred_at,
    funnel_chains.reached_at,
    funnel_chains.entered_at,
    funnel_chains.closes_at,
    least(broken_attempts.excluded_at, broken_attempts.interrupted_at) as broken_at
from funnel_chains
inner join funnel_histories
    on funnel_chains.history_key = funnel_histories.history_key
left join broken_attempts
    on
        funnel_chains.history_key = broken_attempts.history_key
        and funnel_chains.entry_key = broken_attempts.entry_key
where
    coalesce(funnel_chains.excluded_at, funnel_chains.interrupted_at) is null
    and (
        broken_attempts.excluded_at is null
        or funnel_histories.exclusion_rule <> 'void_attempt'
    )
