with funnel_steps_reached as (
    select * from {{ ref('funnel_steps_reached') }}
),

funnel_step_definitions as (
    select * from {{ ref('funnel_step_definitions') }}
    where role = 'required'
),

timed as (
    select
        funnel_steps_reached.*,
        {{ seconds_between(
            'funnel_steps_reached.entered_at', 'funnel_steps_reached.reached_at'
        ) }} as seconds_from_start,
        {{ seconds_between('lag(funnel_steps_reached.reached_at) over (
            partition by
                funnel_steps_reached.funnel, funnel_steps_reached.breakdown_value,
                funnel_steps_reached.unit_id, funnel_steps_reached.attempt
            order by funnel_steps_reached.step
        )', 'funnel_steps_reached.reached_at') }} as seconds_from_previous
    from funnel_steps_reached
),

counted as (
    select
        timed.funnel,
        timed.breakdown_value,
        timed.step,
        count(*) as people_count,
        percentile_cont(0.5) within group (order by timed.seconds_from_start)
            as median_seconds_from_start,
        percentile_cont(0.5) within group (order by timed.seconds_from_previous)
            as median_seconds_from_previous,
        {{ ordered_sum("timed.seconds_from_previous") }}
        / nullif(count(timed.seconds_from_previous), 0) as mean_seconds_from_previous
    from timed
    group by timed.funnel, timed.breakdown_value, timed.step
),

-- Every funnel has its total, also where nobody entered it.
breakdown_values as (
    select distinct
        funnel_steps_reached.funnel,
        funnel_steps_reached.breakdown_value
    from funnel_steps_reached

    union

    select
        funnel_step_definitions.funnel,
        '(all)' as breakdown_value
    from funnel_step_definitions
),

every_step as (
    select
        breakdown_values.funnel,
        breakdown_values.breakdown_value,
        funnel_step_definitions.step,
        funnel_step_definitions.step_name,
        coalesce(counted.people_count, 0) as people_count,
        counted.median_seconds_from_start,
        counted.median_seconds_from_previous,
        counted.mean_seconds_from_previous
    from breakdown_values
    inner join funnel_step_definitions
        on breakdown_values.funnel = funnel_step_definitions.funnel
    left join counted
        on
            breakdown_values.funnel = counted.funnel
            and breakdown_values.breakdown_value = counted.breakdown_value
            and funnel_step_definitions.step = counted.step
),

compared as (
    select
        every_step.*,
        first_value(every_step.people_count) over steps as entered_count,
        lag(every_step.people_count) over steps as previous_count
    from every_step
    window steps as (
        partition by every_step.funnel, every_step.breakdown_value
        order by every_step.step
    )
)

select
    compared.funnel,
    compared.breakdown_value,
    compared.breakdown_value = '(all)' as is_total,
    compared.step,
    compared.step_name,
    compared.people_count,
    compared.people_count / nullif(compared.entered_count, 0) as conversion_rate,
    compared.people_count
    / nullif(coalesce(compared.previous_count, compared.people_count), 0)
        as step_conversion_rate,
    coalesce(compared.previous_count - compared.people_count, 0) as drop_off_count,
    {{ wilson_low('compared.people_count', 'compared.entered_count') }} as rate_low,
    {{ wilson_high('compared.people_count', 'compared.entered_count') }} as rate_high,
    compared.median_seconds_from_start,
    compared.median_seconds_from_previous,
    compared.mean_seconds_from_previous
from compared
