with experiment_results as (
    select * from {{ ref('experiment_results') }}
)

select
    experiment_results.metric,
    experiment_results.units,
    round(experiment_results.mean, 3) as mean,
    round(experiment_results.control_mean, 3) as control_mean,
    round(experiment_results.relative_effect, 3) as relative_effect,
    round(experiment_results.relative_interval_low, 3) as interval_low,
    round(experiment_results.relative_interval_high, 3) as interval_high,
    round(experiment_results.adjusted_p_value, 3) as adjusted_p_value,
    round(experiment_results.chance_to_win, 3) as chance_to_win,
    experiment_results.is_significant
from experiment_results
where experiment_results.experiment = 'checkout_button'
order by experiment_results.is_primary desc, experiment_results.metric asc
