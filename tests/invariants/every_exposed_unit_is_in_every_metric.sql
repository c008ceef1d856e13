-- The units of a metric over all variants are the people exposed to one variant only,
-- whether or not they did anything.
with statistics as (
    select
        experiment,
        metric,
        sum(units) as units
    from {{ ref('experiment_statistics') }}
    group by experiment, metric
)

select
    statistics.*,
    experiment_health.exposed_units,
    experiment_health.excluded_multi_variant_units
from statistics
left join {{ ref('experiment_health') }} as experiment_health
    on statistics.experiment = experiment_health.experiment
where
    statistics.units is distinct from
    experiment_health.exposed_units - experiment_health.excluded_multi_variant_units
