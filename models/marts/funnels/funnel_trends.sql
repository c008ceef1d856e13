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
        entered.funnel,
        entered.breakdown_value,
        entered.period_start,
        entered.people_count as entered_count,
        entered.last_entered_at,
        funnel_step_definitions.step,
        funnel_step_definitions.step_name,
        coalesce(counted.people_count, 0) as people_count
    from counted as entered
    inner join funnel_step_definitions
        on entered.funnel = funnel_step_definitions.funnel
    left join counted
        on
            entered.funnel = counted.funnel
            and entered.breakdown_value = counted.breakdown_value
            and entered.period_start = counted.period_start
            and funnel_step_definitions.step = counted.step
    where entered.step = 1
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
    ) }} as is_complete
from every_step
inner join funnel_definitions
    on every_step.funnel = funnel_definitions.funnel
cross join data_bounds
