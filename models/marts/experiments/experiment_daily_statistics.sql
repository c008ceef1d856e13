with experiment_unit_metrics as (
    select * from {{ ref('experiment_unit_metrics') }}
),

experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
),

experiment_variants as (
    select * from {{ ref('experiment_variant_definitions') }}
),

-- What each day added to the sums: a unit's value at its end less that before.
steps as (
    select
        experiment_unit_metrics.*,
        lag(experiment_unit_metrics.metric_value) over unit_days as metric_before,
        lag(experiment_unit_metrics.denominator_value) over unit_days
            as denominator_before,
        row_number() over unit_days = 1 as is_first
    from experiment_unit_metrics
    window unit_days as (
        partition by
            experiment_unit_metrics.experiment, experiment_unit_metrics.metric,
            experiment_unit_metrics.person_id
        order by experiment_unit_metrics.value_date
    )
),

added as (
    select
        steps.experiment,
        steps.metric,
        steps.variant,
        steps.value_date,
        {{ step_totals('steps') }}
    from steps
    group by steps.experiment, steps.metric, steps.variant, steps.value_date
),

spans as (
    select
        added.experiment,
        min(added.value_date) as first_date,
        max(added.value_date) as last_date
    from added
    group by added.experiment
),

day_numbers as (
    select
        spans.experiment,
        spans.first_date,
        {{ numbers_up_to(0, days_between('spans.first_date', 'spans.last_date')) }}
            as day_number
    from spans
),

-- A variant that nobody has seen yet has a row all the same.
days as (
    select
        day_numbers.experiment,
        experiment_metrics.metric,
        experiment_variants.variant,
        {{ add_periods('day_numbers.first_date', "'day'", 'day_numbers.day_number') }}
            as result_date
    from day_numbers
    inner join experiment_metrics
        on day_numbers.experiment = experiment_metrics.experiment
    inner join experiment_variants
        on day_numbers.experiment = experiment_variants.experiment
)

select
    days.experiment,
    days.result_date,
    days.metric,
    days.variant,
    cast(coalesce(sum(added.units), 0) as bigint) as units,
    {{ ordered_sum('added.total') }} as total,
    {{ ordered_sum('added.total_of_squares') }} as total_of_squares,
    {{ ordered_sum('added.denominator_total') }} as denominator_total,
    {{ ordered_sum('added.denominator_total_of_squares') }}
        as denominator_total_of_squares,
    {{ ordered_sum('added.product_total') }} as product_total,
    {{ ordered_sum('added.covariate_total') }} as covariate_total,
    {{ ordered_sum('added.covariate_total_of_squares') }}
        as covariate_total_of_squares,
    {{ ordered_sum('added.covariate_product_total') }} as covariate_product_total
from days
left join added
    on
        days.experiment = added.experiment
        and days.metric = added.metric
        and days.variant = added.variant
        and days.result_date >= added.value_date
group by days.experiment, days.result_date, days.metric, days.variant
