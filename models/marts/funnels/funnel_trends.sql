with counted_steps as (
    select * from {{ ref('funnel_counted_steps') }}
    where period_start is not null
),

funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

funnel_step_definitions as (
    select * from {{ ref('funnel_step_definitions') }}
    where role <> 'exclusion'
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

-- An attempt that does not count yet may do so once it gets further, unless it opened
-- within another.
entered as (
    select
        funnel_attempts.funnel,
        {{ period_start(
            local_time('funnel_attempts.entered_at'), 'funnel_attempts.trend_period'
        ) }} as period_start,
        max(funnel_attempts.entered_at) as last_entered_at
    from {{ ref('funnel_attempts') }} as funnel_attempts
    where
        funnel_attempts.step = 1
        and funnel_attempts.trend_period is not null
        and funnel_attempts.reentry_rule <> 'every_attempt'
    group by all
),

counted as (
    select
        counted_steps.funnel,
        counted_steps.breakdown_value,
        counted_steps.period_start,
        counted_steps.step,
        count(*) as people_count,
        max(counted_steps.entered_at) as last_entered_at
    from counted_steps
    group by
        counted_steps.funnel, counted_steps.breakdown_value,
        counted_steps.period_start, counted_steps.step
),

every_step as (
    select
        first_steps.funnel,
        first_steps.breakdown_value,
        first_steps.period_start,
        first_steps.people_count as entered_count,
        coalesce(entered.last_entered_at, first_steps.last_entered_at)
            as last_entered_at,
        funnel_step_definitions.step,
        funnel_step_definitions.step_name,
        coalesce(counted.people_count, 0) as people_count
    from counted as first_steps
    left join entered
        on
            first_steps.funnel = entered.funnel
            and first_steps.period_start = entered.period_start
    inner join funnel_step_definitions
        on first_steps.funnel = funnel_step_definitions.funnel
    left join counted
        on
            first_steps.funnel = counted.funnel
            and first_steps.breakdown_value = counted.breakdown_value
            and first_steps.period_start = counted.period_start
            and funnel_step_definitions.step = counted.step
    where first_steps.step = 1
)

select
    every_step.funnel,
    every_step.breakdown_value,
    every_step.breakdown_value = '(all)' as is_total,
    funnel_definitions.trend_period,
    every_step.period_start,
    every_step.step,
    every_step.step_name,
    every_step.people_count,
    every_step.people_count / every_step.entered_count as conversion_rate,
    {{ wilson_low('every_step.people_count', 'every_step.entered_count') }} as rate_low,
    {{ wilson_high('every_step.people_count', 'every_step.entered_count') }}
        as rate_high,
    data_bounds.as_of >= {{ seconds_after(
        'every_step.last_entered_at', 'funnel_definitions.window_seconds'
    ) }}
    and {{ local_time('data_bounds.as_of') }} >= {{ add_periods(
        'every_step.period_start', 'funnel_definitions.trend_period', '1'
    ) }} as is_complete
from every_step
inner join funnel_definitions
    on every_step.funnel = funnel_definitions.funnel
cross join data_bounds
