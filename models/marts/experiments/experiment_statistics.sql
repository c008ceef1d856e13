with experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
),

experiment_variants as (
    select * from {{ ref('experiment_variant_definitions') }}
),

experiment_unit_metrics as (
    select * from {{ ref('experiment_unit_metrics') }}
),

-- A variant that nobody has seen has a row all the same.
arms as (
    select
        experiment_metrics.experiment,
        experiment_metrics.metric,
        experiment_variants.variant
    from experiment_metrics
    inner join experiment_variants
        on experiment_metrics.experiment = experiment_variants.experiment
)

select
    arms.experiment,
    arms.metric,
    arms.variant,
    count(experiment_unit_metrics.person_id) as units,
    {{ total_of('experiment_unit_metrics.metric_value') }} as total,
    {{ total_of(
        'experiment_unit_metrics.metric_value', 'experiment_unit_metrics.metric_value'
    ) }} as total_of_squares,
    {{ total_of('experiment_unit_metrics.denominator_value') }} as denominator_total,
    {{ total_of(
        'experiment_unit_metrics.denominator_value',
        'experiment_unit_metrics.denominator_value'
    ) }} as denominator_total_of_squares,
    {{ total_of(
        'experiment_unit_metrics.metric_value',
        'experiment_unit_metrics.denominator_value'
    ) }} as product_total,
    cast(null as double) as covariate_total,
    cast(null as double) as covariate_total_of_squares,
    cast(null as double) as covariate_product_total
from arms
left join experiment_unit_metrics
    on
        arms.experiment = experiment_unit_metrics.experiment
        and arms.metric = experiment_unit_metrics.metric
        and arms.variant = experiment_unit_metrics.variant
group by arms.experiment, arms.metric, arms.variant
