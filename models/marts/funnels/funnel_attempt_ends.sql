{{ config(meta=funnels_follow_people()) }}

with funnel_histories as (
    select * from {{ ref('funnel_histories') }}
    where reentry_rule = 'every_attempt'
),

chains as (
    select * from {{ ref('funnel_chains') }}

    union all

    select * from {{ ref('funnel_unordered_chains') }}
),

funnel_breaks as (
    select * from {{ ref('funnel_breaks') }}
),

step_counts as (
    select
        funnel,
        count(*) as step_count
    from {{ ref('funnel_step_definitions') }}
    where role = 'required'
    group by funnel
),

attempts as (
    select
        chains.history_key,
        chains.person_id,
        chains.entry_key,
        chains.entered_at,
        chains.closes_at,
        funnel_histories.funnel,
        funnel_histories.exclusion_rule,
        count(*) filter (where chains.broken_at is null) as depth,
        max(chains.reached_at) as reached_at,
        max_by(chains.filled_step, chains.step) filter (where chains.broken_at is null)
            as filled_step,
        max(chains.reached_at) filter (where chains.broken_at is null)
            as last_reached_at,
        max(chains.excluded_at) as excluded_at,
        max(chains.broken_at) as broken_at
    from (
        select
            *,
            least(excluded_at, interrupted_at) as broken_at
        from chains
    ) as chains
    inner join funnel_histories
        on chains.history_key = funnel_histories.history_key
    group by all
)

-- From when on the next attempt may open: after the last step or the window, or with
-- what broke the attempt off.
select
    attempts.history_key,
    attempts.person_id,
    attempts.entry_key,
    attempts.entered_at,
    attempts.depth,
    attempts.excluded_at is not null and attempts.exclusion_rule = 'void_attempt'
        as is_void,
    case
        when attempts.depth = step_counts.step_count
            then attempts.reached_at + interval 1 microsecond
        when attempts.broken_at is not null then attempts.broken_at
        when funnel_breaks.interrupted_at <= attempts.closes_at
            then funnel_breaks.interrupted_at
        else attempts.closes_at + interval 1 microsecond
    end as resumes_at
from attempts
inner join step_counts
    on attempts.funnel = step_counts.funnel
left join funnel_breaks
    on
        attempts.history_key = funnel_breaks.history_key
        and attempts.filled_step = funnel_breaks.step
        and attempts.last_reached_at = funnel_breaks.occurred_at
qualify row_number() over (
    partition by attempts.history_key, attempts.entered_at
    order by
        is_void asc, attempts.depth desc, attempts.reached_at asc,
        attempts.entry_key asc
) = 1
