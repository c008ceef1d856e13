with experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
),

experiment_variants as (
    select * from {{ ref('experiment_variant_definitions') }}
),

experiment_unit_metrics as (
    select * from {{ ref('experiment_unit_metrics') }}
    where is_last
),

-- A variant that nobody has seen has a row all the same.
arms as (
    select
        experiment_metrics.experiment,
        experiment_metrics.metric,
        experiment_metrics.quantile,
        experiment_variants.variant
    from experiment_metrics
    inner join experiment_variants
        on experiment_metrics.experiment = experiment_variants.experiment
)

select
    arms.experiment,
    arms.metric,
    arms.variant,
    {{ unit_totals('experiment_unit_metrics') }},
    {{ unit_quantiles('experiment_unit_metrics', 'arms') }}
from arms
left join experiment_unit_metrics
    on
        arms.experiment = experiment_unit_metrics.experiment
        and arms.metric = experiment_unit_metrics.metric
        and arms.variant = experiment_unit_metrics.variant
group by arms.experiment, arms.metric, arms.variant
