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

experiment_exposures as (
    select
        *,
        {{ local_day('exposed_at') }} as exposure_date
    from {{ ref('experiment_exposures') }}
    where is_unit
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

-- How many came in each day of the last week of the data.
rates as (
    select
        experiment_exposures.experiment,
        experiment_exposures.variant,
        count(*) / 7 as units_per_day
    from experiment_exposures
    cross join data_bounds
    where
        experiment_exposures.exposed_at > data_bounds.as_of - interval 7 day
        and experiment_exposures.exposed_at <= data_bounds.as_of
    group by experiment_exposures.experiment, experiment_exposures.variant
),

-- With the spread of the control in both arms, as if the variant changed nothing.
planned as (
    select
        verdicts.experiment,
        verdicts.metric,
        verdicts.variant,
        verdicts.is_primary,
        verdicts.units,
        verdicts.control_units,
        least(
            coalesce(rates.units_per_day, 0), coalesce(control_rates.units_per_day, 0)
        ) as units_per_day,
        experiment_metrics.minimum_effect,
        sqrt(nullif(verdicts.control_arm_variance, 0))
        / nullif(abs(verdicts.control_mean), 0) as relative_deviation,
        {{ normal_quantile('(1 + experiment_definitions.confidence) / 2') }}
        + {{ normal_quantile('experiment_definitions.power') }} as deviations
    from experiment_verdicts as verdicts
    inner join experiment_definitions
        on verdicts.experiment = experiment_definitions.experiment
    inner join experiment_metrics
        on
            verdicts.experiment = experiment_metrics.experiment
            and verdicts.metric = experiment_metrics.metric
    left join rates
        on
            verdicts.experiment = rates.experiment
            and verdicts.variant = rates.variant
    left join rates as control_rates
        on
            verdicts.experiment = control_rates.experiment
            and experiment_definitions.control_variant = control_rates.variant
),

sized as (
    select
        planned.*,
        {{ rounded_up(
            '2 * power('
            'planned.deviations * planned.relative_deviation / planned.minimum_effect,'
            ' 2)'
        ) }} as needed_units
    from planned
)

select
    sized.experiment,
    sized.metric,
    sized.variant,
    sized.is_primary,
    sized.units,
    sized.control_units,
    sized.minimum_effect,
    sized.deviations * sized.relative_deviation * sqrt(
        1 / nullif(sized.units, 0) + 1 / nullif(sized.control_units, 0)
    ) as minimum_detectable_effect,
    sized.needed_units,
    sized.units_per_day,
    case
        when sized.needed_units <= least(sized.units, sized.control_units) then 0
        else {{ rounded_up(
            '(sized.needed_units - least(sized.units, sized.control_units))'
            '/ nullif(sized.units_per_day, 0)'
        ) }}
    end as days_to_go
from sized
