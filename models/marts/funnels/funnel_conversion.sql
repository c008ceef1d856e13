with funnel_steps_reached as (
    select * from {{ ref('funnel_steps_reached') }}
),

funnel_step_definitions as (
    select * from {{ ref('funnel_step_definitions') }}
    where role <> 'exclusion'
),

timed as (
    select
        funnel_steps_reached.*,
        {{ seconds_between(
            'funnel_steps_reached.entered_at', 'funnel_steps_reached.reached_at'
        ) }} as from_start,
        {{ seconds_between(
            'funnel_steps_reached.previous_reached_at',
            'funnel_steps_reached.reached_at'
        ) }} as from_previous
    from funnel_steps_reached
),

counted as (
    select
        timed.funnel,
        timed.breakdown_value,
        timed.step,
        count(*) as people_count,
        sum(cast(round(timed.from_start * 1000000) as bigint))
        / 1e6 / count(*) as mean_from_start,
        sum(cast(round(timed.from_previous * 1000000) as bigint))
        / 1e6 / nullif(count(timed.from_previous), 0) as mean_from_previous,
        {{ percentiles('timed.from_start') }} as start_percentiles,
        {{ percentiles('timed.from_previous') }} as previous_percentiles
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
        funnel_step_definitions.role,
        funnel_step_definitions.previous_step,
        funnel_step_definitions.step_name,
        coalesce(counted.people_count, 0) as people_count,
        counted.mean_from_start,
        counted.mean_from_previous,
        counted.start_percentiles,
        counted.previous_percentiles
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
        first_steps.people_count as entered_count,
        previous_steps.people_count as previous_count
    from every_step
    inner join every_step as first_steps
        on
            every_step.funnel = first_steps.funnel
            and every_step.breakdown_value = first_steps.breakdown_value
            and first_steps.step = 1
    inner join every_step as previous_steps
        on
            every_step.funnel = previous_steps.funnel
            and every_step.breakdown_value = previous_steps.breakdown_value
            and coalesce(every_step.previous_step, 1) = previous_steps.step
)

-- A step is measured by the required step before it.
select
    compared.funnel,
    compared.breakdown_value,
    compared.breakdown_value = '(all)' as is_total,
    compared.step,
    compared.step_name,
    compared.role = 'optional' as is_optional,
    compared.people_count,
    compared.people_count / nullif(compared.entered_count, 0) as conversion_rate,
    compared.people_count / nullif(compared.previous_count, 0) as step_conversion_rate,
    compared.previous_count - compared.people_count as drop_off_count,
    {{ wilson_low('compared.people_count', 'compared.entered_count') }} as rate_low,
    {{ wilson_high('compared.people_count', 'compared.entered_count') }} as rate_high,
    {{ wilson_low('compared.people_count', 'compared.previous_count') }}
        as step_rate_low,
    {{ wilson_high('compared.people_count', 'compared.previous_count') }}
        as step_rate_high,
    {{ element_of('compared.start_percentiles', 2) }} as median_seconds_from_start,
    {{ element_of('compared.previous_percentiles', 2) }}
        as median_seconds_from_previous,
    compared.mean_from_start as mean_seconds_from_start,
    compared.mean_from_previous as mean_seconds_from_previous,
    {{ element_of('compared.start_percentiles', 1) }} as p25_seconds_from_start,
    {{ element_of('compared.start_percentiles', 3) }} as p75_seconds_from_start,
    {{ element_of('compared.start_percentiles', 4) }} as p90_seconds_from_start,
    {{ element_of('compared.previous_percentiles', 1) }} as p25_seconds_from_previous,
    {{ element_of('compared.previous_percentiles', 3) }} as p75_seconds_from_previous,
    {{ element_of('compared.previous_percentiles', 4) }} as p90_seconds_from_previous
from compared
