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
    experiment_exposures.exposed_at + to_microseconds(
        experiment_metrics.opens_after_seconds * 1000000
    ) as opens_at,
    experiment_exposures.exposed_at + to_microseconds(
        experiment_metrics.window_seconds * 1000000
        - case when experiment_metrics.metric_type = 'retention' then 1 else 0 end
    ) as closes_at,
    experiment_exposures.exposed_at - to_microseconds(
        experiment_metrics.covariate_seconds * 1000000
    ) as covariate_from,
    experiment_metrics.event,
    experiment_metrics.value_property,
    experiment_metrics.denominator_event,
    experiment_metrics.denominator_property,
    experiment_metrics.funnel
from experiment_exposures
inner join experiment_metrics
    on experiment_exposures.experiment = experiment_metrics.experiment
