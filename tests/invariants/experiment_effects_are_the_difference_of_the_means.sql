-- The effects, before the adjustment by a covariate, follow from the two means; each
-- interval has its effect in the middle.
select *
from {{ ref('experiment_results') }} as experiment_results
where
    abs(
        coalesce(
            experiment_results.unadjusted_absolute_effect,
            experiment_results.absolute_effect
        )
        - (experiment_results.mean - experiment_results.control_mean)
    ) > 1e-9 * (abs(experiment_results.mean) + abs(experiment_results.control_mean))
    or abs(
        experiment_results.relative_effect * abs(experiment_results.control_mean)
        - experiment_results.absolute_effect
    ) > 1e-9 * (abs(experiment_results.mean) + abs(experiment_results.control_mean))
    or abs(
        experiment_results.absolute_interval_low
        + experiment_results.absolute_interval_high
        - 2 * experiment_results.absolute_effect
    ) > 1e-9 * experiment_results.absolute_standard_error
    or abs(
        experiment_results.relative_interval_low
        + experiment_results.relative_interval_high
        - 2 * experiment_results.relative_effect
    ) > 1e-9 * experiment_results.relative_standard_error
    or abs(
        experiment_results.sequential_interval_low
        + experiment_results.sequential_interval_high
        - 2 * experiment_results.relative_effect
    ) > 1e-9 * experiment_results.relative_standard_error
