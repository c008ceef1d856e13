with verdicts as (
    select * from {{ ref('experiment_verdicts') }}
    where slice_type = 'day'
)

select
    verdicts.experiment,
    verdicts.metric,
    verdicts.variant,
    cast(verdicts.slice as date) as result_date,
    verdicts.is_primary,
    verdicts.units,
    verdicts.control_units,
    verdicts.mean,
    verdicts.control_mean,
    verdicts.absolute_effect,
    verdicts.absolute_standard_error,
    verdicts.relative_effect,
    verdicts.relative_standard_error,
    verdicts.relative_effect
    - verdicts.critical_value * verdicts.relative_standard_error
        as relative_interval_low,
    verdicts.relative_effect
    + verdicts.critical_value * verdicts.relative_standard_error
        as relative_interval_high,
    verdicts.relative_p_value,
    verdicts.relative_effect - verdicts.sequential_reach as sequential_interval_low,
    verdicts.relative_effect + verdicts.sequential_reach as sequential_interval_high,
    verdicts.sequential_p_value,
    {{ normal_chance('verdicts') }} as chance_to_win,
    verdicts.theta as cuped_theta,
    verdicts.adjusted_p_value,
    verdicts.adjusted_p_value < 1 - verdicts.confidence as is_significant,
    verdicts.reason
from verdicts
