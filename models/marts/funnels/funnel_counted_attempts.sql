{{ config(meta=funnels_follow_people()) }}

with funnel_attempts as (
    select * from {{ ref('funnel_attempts') }}
),

separate_attempts as (
    select * from {{ ref('funnel_separate_attempts') }}
),

dated as (
    select
        funnel_attempts.person_id,
        funnel_attempts.history_key,
        funnel_attempts.entry_key,
        funnel_attempts.entered_at,
        funnel_attempts.step,
        funnel_attempts.reached_at,
        funnel_attempts.reentry_rule,
        {{ period_start(
            local_time('funnel_attempts.entered_at'), 'funnel_attempts.trend_period'
        ) }} as period_start
    from funnel_attempts
),

depths as (
    select
        dated.history_key,
        dated.period_start,
        max(dated.step) as depth
    from dated
    where dated.reentry_rule <> 'every_attempt'
    group by dated.history_key, dated.period_start
),

-- The deepest, then the earliest, then the quickest: of all, and of each period.
best_attempts as (
    select
        dated.person_id,
        dated.history_key,
        dated.entry_key,
        dated.period_start,
        1 as attempt,
        row_number() over (
            partition by dated.history_key
            order by
                dated.step desc, dated.entered_at asc, dated.reached_at asc,
                dated.entry_key asc
        ) = 1 as is_counted
    from dated
    inner join depths
        on
            dated.history_key = depths.history_key
            and dated.step = depths.depth
            and dated.period_start is not distinct from depths.period_start
    qualify row_number() over (
        partition by dated.history_key, dated.period_start
        order by dated.entered_at asc, dated.reached_at asc, dated.entry_key asc
    ) = 1
),

every_attempt as (
    select
        dated.person_id,
        dated.history_key,
        dated.entry_key,
        dated.period_start,
        cast(row_number() over (
            partition by dated.history_key
            order by dated.entered_at asc, dated.entry_key asc
        ) as integer) as attempt,
        true as is_counted
    from dated
    inner join separate_attempts
        on
            dated.history_key = separate_attempts.history_key
            and dated.entry_key = separate_attempts.entry_key
    group by
        dated.person_id, dated.history_key, dated.entry_key, dated.entered_at,
        dated.period_start
)

select * from best_attempts

union all

select * from every_attempt
