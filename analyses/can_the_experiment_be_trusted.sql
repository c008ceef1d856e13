with experiment_health as (
    select * from {{ ref('experiment_health') }}
)

select
    experiment_health.experiment,
    experiment_health.exposed_units,
    experiment_health.excluded_multi_variant_units,
    round(experiment_health.srm_p_value, 3) as srm_p_value,
    experiment_health.is_sample_ratio_mismatch
from experiment_health
order by experiment_health.experiment
