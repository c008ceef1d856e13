{{ config(meta=funnels_follow_people()) }}

with funnel_attempts as (
    select * from {{ ref('funnel_attempts') }}
    where not is_plain
),

separate_attempts as (
    select * from {{ ref('funnel_separate_attempts') }}
),

dated as (
    select
        funnel_attempts.funnel,
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
        dated.funnel,
        dated.person_id,
        dated.history_key,
        dated.entry_key,
        dated.entered_at,
        dated.period_start,
        1 as attempt,
        dated.step as depth,
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
        dated.funnel,
        dated.person_id,
        dated.history_key,
        dated.entry_key,
        dated.entered_at,
        dated.period_start,
        cast(row_number() over (
            partition by dated.history_key
            order by dated.entered_at asc, dated.entry_key asc
        ) as integer) as attempt,
        max(dated.step) as depth,
        true as is_counted
    from dated
    inner join separate_attempts
        on
            dated.history_key = separate_attempts.history_key
            and dated.entry_key = separate_attempts.entry_key
    group by
        dated.funnel, dated.person_id, dated.history_key, dated.entry_key,
        dated.entered_at, dated.period_start
)

select * from best_attempts

union all

select * from every_attempt

union all

select
    plain_attempts.funnel,
    plain_attempts.person_id,
    plain_attempts.history_key,
    plain_attempts.history_key as entry_key,
    plain_attempts.entered_at,
    cast(null as date) as period_start,
    1 as attempt,
    plain_attempts.step as depth,
    true as is_counted
from {{ ref('funnel_plain_attempts') }} as plain_attempts
where plain_attempts.next_reached_at is null
