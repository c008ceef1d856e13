with experiment_unit_days as (
    select
        *,
        row_number() over (
            partition by experiment, metric, person_id order by value_date desc
        ) = 1 as is_last
    from {{ ref('experiment_unit_days') }}
),

experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
),

-- The cap of all variants together, so that it favours none.
caps as (
    select
        experiment_metrics.experiment,
        experiment_metrics.metric,
        {{ sorted_quantile(
            sorted_list('experiment_unit_days.metric_value'),
            'max(experiment_metrics.winsorize_at)'
        ) }} as cap
    from experiment_metrics
    inner join experiment_unit_days
        on
            experiment_metrics.experiment = experiment_unit_days.experiment
            and experiment_metrics.metric = experiment_unit_days.metric
    where
        experiment_metrics.winsorize_at is not null
        and experiment_unit_days.is_last
    group by experiment_metrics.experiment, experiment_metrics.metric
)

select
    experiment_unit_days.experiment,
    experiment_unit_days.metric,
    experiment_unit_days.variant,
    experiment_unit_days.person_id,
    experiment_unit_days.value_date,
    case
        when experiment_unit_days.metric_value > caps.cap then caps.cap
        else experiment_unit_days.metric_value
    end as metric_value,
    experiment_unit_days.denominator_value,
    case
        when experiment_unit_days.covariate_value > caps.cap then caps.cap
        else experiment_unit_days.covariate_value
    end as covariate_value,
    experiment_unit_days.is_last
from experiment_unit_days
left join caps
    on
        experiment_unit_days.experiment = caps.experiment
        and experiment_unit_days.metric = caps.metric
