with experiment_pairs as (
    select * from {{ ref('experiment_pairs') }}
),

experiment_definitions as (
    select * from {{ ref('experiment_definitions') }}
),

experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
),

compared as (
    select
        experiment_pairs.*,
        experiment_pairs.units + experiment_pairs.control_units as all_units,
        experiment_pairs.absolute_effect / nullif(abs(experiment_pairs.control_mean), 0)
            as relative_effect,
        experiment_pairs.arm_variance / nullif(experiment_pairs.units, 0)
            as plain_squared_error,
        experiment_pairs.control_arm_variance
        / nullif(experiment_pairs.control_units, 0) as plain_control_squared_error,
        case
            when least(experiment_pairs.units, experiment_pairs.control_units) = 0
                then 'no_units'
            when experiment_pairs.mean is null or experiment_pairs.control_mean is null
                then 'zero_denominator'
            when least(experiment_pairs.units, experiment_pairs.control_units) = 1
                then 'one_unit'
            when
                experiment_pairs.statistic = 'quantile'
                and least(experiment_pairs.units, experiment_pairs.control_units)
                <= 3.8414588206941254 * greatest(
                    experiment_metrics.quantile
                    / nullif(1 - experiment_metrics.quantile, 0),
                    (1 - experiment_metrics.quantile) / experiment_metrics.quantile
                )
                then 'too_few_units'
            when
                experiment_pairs.unit_variance + experiment_pairs.control_unit_variance
                = 0
                or experiment_pairs.arm_variance
                + experiment_pairs.control_arm_variance
                = 0
                then 'zero_variance'
            when experiment_pairs.control_mean = 0 then 'zero_control_mean'
            when experiment_pairs.mean = 0 and experiment_pairs.unit_variance = 0
                then 'zero_mean'
            -- As where a ratio rests on the denominator of one unit.
            when
                experiment_pairs.statistic = 'ratio'
                and least(
                    experiment_pairs.unit_variance,
                    experiment_pairs.control_unit_variance
                ) = 0
                then 'zero_variance'
        end as reason,
        experiment_metrics.is_primary,
        experiment_metrics.direction,
        experiment_metrics.non_inferiority_margin,
        experiment_definitions.confidence,
        experiment_definitions.correction,
        experiment_definitions.sequential_tuning,
        experiment_definitions.mixing_deviation
    from experiment_pairs
    inner join experiment_definitions
        on experiment_pairs.experiment = experiment_definitions.experiment
    inner join experiment_metrics
        on
            experiment_pairs.experiment = experiment_metrics.experiment
            and experiment_pairs.metric = experiment_metrics.metric
),

-- A standard error that cannot be had is null, and so is all that needs it. Without a
-- mean on one side only what is relative cannot be had.
reliable as (
    select
        {{ all_but('compared', ['plain_squared_error', 'plain_control_squared_error'])
        }},
        case
            when
                coalesce(compared.reason, 'zero_mean')
                in ('zero_mean', 'zero_control_mean')
                then compared.plain_squared_error
        end as squared_error,
        case
            when
                coalesce(compared.reason, 'zero_mean')
                in ('zero_mean', 'zero_control_mean')
                then compared.plain_control_squared_error
        end as control_squared_error
    from compared
)

-- Welch's standard error and degrees of freedom; the relative one by the delta method.
select
    reliable.*,
    sqrt(nullif(reliable.squared_error + reliable.control_squared_error, 0))
        as absolute_standard_error,
    case
        when reliable.reason is null
            then sqrt(nullif(
                reliable.squared_error / nullif(power(reliable.control_mean, 2), 0)
                + reliable.control_squared_error * power(reliable.mean, 2)
                / nullif(power(reliable.control_mean, 4), 0), 0
            ))
    end as relative_standard_error,
    power(reliable.squared_error + reliable.control_squared_error, 2) / nullif(
        power(reliable.squared_error, 2) / nullif(reliable.units - 1, 0)
        + power(reliable.control_squared_error, 2)
        / nullif(reliable.control_units - 1, 0), 0
    ) as degrees_of_freedom
from reliable
