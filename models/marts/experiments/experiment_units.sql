with experiment_exposures as (
    select * from {{ ref('experiment_exposures') }}
    where is_unit
),

experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
)

-- Both ends of a unit's window belong to it, but of a day of retention the first alone.
select
    experiment_exposures.experiment,
    experiment_metrics.metric,
    experiment_metrics.metric_type,
    experiment_exposures.variant,
    experiment_exposures.person_id,
    experiment_exposures.exposed_at,
    {{ seconds_after(
        'experiment_exposures.exposed_at', 'experiment_metrics.opens_after_seconds'
    ) }} as opens_at,
    {{ seconds_after(
        'experiment_exposures.exposed_at',
        'experiment_metrics.window_seconds'
        " - case when experiment_metrics.metric_type = 'retention'"
        ' then 0.000001 else 0 end'
    ) }} as closes_at,
    {{ seconds_after(
        'experiment_exposures.first_exposed_at', '-experiment_metrics.covariate_seconds'
    ) }} as covariate_from,
    experiment_exposures.first_exposed_at as covariate_until,
    experiment_metrics.event,
    experiment_metrics.value_property,
    experiment_metrics.denominator_event,
    experiment_metrics.denominator_property,
    experiment_metrics.funnel
from experiment_exposures
inner join experiment_metrics
    on experiment_exposures.experiment = experiment_metrics.experiment
