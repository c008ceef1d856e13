with experiment_verdicts as (
    select * from {{ ref('experiment_verdicts') }}
    where slice_type = 'all'
),

experiment_definitions as (
    select * from {{ ref('experiment_definitions') }}
),

experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

last_windows as (
    select
        experiment_units.experiment,
        experiment_units.metric,
        max(experiment_units.closes_at) as closes_at
    from {{ ref('experiment_units') }} as experiment_units
    group by experiment_units.experiment, experiment_units.metric
),

-- Final once an experiment has ended and the last unit's window is over.
judged as (
    select
        experiment_verdicts.*,
        experiment_metrics.metric_type,
        coalesce(
            data_bounds.as_of >= experiment_definitions.ended_at
            and data_bounds.as_of >= coalesce(
                last_windows.closes_at, experiment_definitions.ended_at
            ), false
        ) as is_final,
        {{ win_probabilities('experiment_verdicts') }}
    from experiment_verdicts
    inner join experiment_definitions
        on experiment_verdicts.experiment = experiment_definitions.experiment
    inner join experiment_metrics
        on
            experiment_verdicts.experiment = experiment_metrics.experiment
            and experiment_verdicts.metric = experiment_metrics.metric
    cross join data_bounds
    left join last_windows
        on
            experiment_verdicts.experiment = last_windows.experiment
            and experiment_verdicts.metric = last_windows.metric
)

select
    judged.experiment,
    judged.metric,
    judged.variant,
    judged.metric_type,
    judged.is_primary,
    judged.units,
    judged.control_units,
    judged.mean,
    judged.control_mean,
    judged.absolute_effect,
    judged.absolute_standard_error,
    judged.absolute_effect - judged.critical_value * judged.absolute_standard_error
        as absolute_interval_low,
    judged.absolute_effect + judged.critical_value * judged.absolute_standard_error
        as absolute_interval_high,
    judged.absolute_p_value,
    judged.relative_effect,
    judged.relative_standard_error,
    judged.relative_effect - judged.critical_value * judged.relative_standard_error
        as relative_interval_low,
    judged.relative_effect + judged.critical_value * judged.relative_standard_error
        as relative_interval_high,
    judged.relative_p_value,
    judged.relative_effect - judged.sequential_reach as sequential_interval_low,
    judged.relative_effect + judged.sequential_reach as sequential_interval_high,
    judged.sequential_p_value,
    judged.relative_effect - judged.msprt_reach as msprt_interval_low,
    judged.relative_effect + judged.msprt_reach as msprt_interval_high,
    judged.msprt_p_value,
    judged.chance_to_win,
    judged.expected_loss,
    judged.beta_chance_to_win,
    judged.beta_expected_loss,
    judged.pooled_p_value as chi_square_p_value,
    judged.corrected_p_value as chi_square_yates_p_value,
    judged.theta as cuped_theta,
    judged.unadjusted_absolute_effect,
    judged.unadjusted_absolute_standard_error,
    judged.unadjusted_absolute_effect
    - judged.unadjusted_critical_value * judged.unadjusted_absolute_standard_error
        as unadjusted_absolute_interval_low,
    judged.unadjusted_absolute_effect
    + judged.unadjusted_critical_value * judged.unadjusted_absolute_standard_error
        as unadjusted_absolute_interval_high,
    judged.unadjusted_absolute_p_value,
    judged.unadjusted_relative_effect,
    judged.unadjusted_relative_standard_error,
    judged.unadjusted_relative_effect
    - judged.unadjusted_critical_value * judged.unadjusted_relative_standard_error
        as unadjusted_relative_interval_low,
    judged.unadjusted_relative_effect
    + judged.unadjusted_critical_value * judged.unadjusted_relative_standard_error
        as unadjusted_relative_interval_high,
    judged.unadjusted_relative_p_value,
    judged.adjusted_p_value,
    judged.adjusted_p_value < 1 - judged.confidence as is_significant,
    judged.non_inferiority_margin,
    judged.non_inferiority_p_value,
    judged.non_inferiority_p_value < 1 - judged.confidence as is_non_inferior,
    judged.is_final,
    {{ experiment_decision('judged') }} as decision,
    judged.reason
from judged
