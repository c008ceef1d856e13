with experiment_arms as (
    select * from {{ ref('experiment_arms') }}
),

experiment_definitions as (
    select * from {{ ref('experiment_definitions') }}
),

compared as (
    select
        treated.experiment,
        treated.metric,
        treated.variant,
        treated.units,
        treated.units + control.units as all_units,
        treated.mean,
        control.mean as control_mean,
        treated.mean - control.mean as absolute_effect,
        (treated.mean - control.mean) / nullif(abs(control.mean), 0)
            as relative_effect,
        treated.unit_variance / treated.units as squared_error,
        control.unit_variance / control.units as control_squared_error,
        control.units as control_units,
        case
            when least(treated.units, control.units) = 0 then 'no_units'
            when treated.mean is null or control.mean is null then 'zero_denominator'
            when least(treated.units, control.units) = 1 then 'one_unit'
            when treated.unit_variance + control.unit_variance = 0
                then 'zero_variance'
            when control.mean = 0 then 'zero_control_mean'
        end as reason,
        experiment_definitions.confidence,
        experiment_definitions.correction,
        experiment_definitions.sequential_tuning
    from experiment_arms as treated
    inner join experiment_definitions
        on treated.experiment = experiment_definitions.experiment
    inner join experiment_arms as control
        on
            treated.experiment = control.experiment
            and treated.metric = control.metric
            and experiment_definitions.control_variant = control.variant
    where treated.variant <> experiment_definitions.control_variant
)

-- Welch's standard error and degrees of freedom; the relative one by the delta method.
select
    compared.* exclude (squared_error, control_squared_error, control_units),
    sqrt(nullif(compared.squared_error + compared.control_squared_error, 0))
        as absolute_standard_error,
    sqrt(nullif(
        compared.squared_error / nullif(power(compared.control_mean, 2), 0)
        + compared.control_squared_error * power(compared.mean, 2)
        / nullif(power(compared.control_mean, 4), 0), 0
    )) as relative_standard_error,
    power(compared.squared_error + compared.control_squared_error, 2) / nullif(
        power(compared.squared_error, 2) / nullif(compared.units - 1, 0)
        + power(compared.control_squared_error, 2)
        / nullif(compared.control_units - 1, 0), 0
    ) as degrees_of_freedom
from compared
