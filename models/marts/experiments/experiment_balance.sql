with experiment_novelty as (
    select * from {{ ref('experiment_novelty') }}
),

experiment_unit_metrics as (
    select * from {{ ref('experiment_unit_metrics') }}
    where is_last
),

experiment_definitions as (
    select * from {{ ref('experiment_definitions') }}
),

numbers as (
    select
        'novelty' as test,
        experiment_novelty.experiment,
        experiment_novelty.metric,
        experiment_novelty.variant,
        experiment_novelty.value
    from experiment_novelty

    union all

    select
        'pre_period' as test,
        experiment_unit_metrics.experiment,
        experiment_unit_metrics.metric,
        experiment_unit_metrics.variant,
        experiment_unit_metrics.covariate_value as value
    from experiment_unit_metrics
    where experiment_unit_metrics.covariate_value is not null
),

totals as (
    select
        numbers.test,
        numbers.experiment,
        numbers.metric,
        numbers.variant,
        count(*) as units,
        {{ total_of('numbers.value') }} as total,
        {{ total_of('numbers.value', 'numbers.value') }} as total_of_squares
    from numbers
    group by numbers.test, numbers.experiment, numbers.metric, numbers.variant
),

arms as (
    select
        totals.*,
        totals.total / totals.units as mean,
        {{ sample_covariance('total_of_squares', 'total', 'total') }} / totals.units
            as squared_error
    from totals
),

compared as (
    select
        treated.test,
        treated.experiment,
        treated.metric,
        treated.variant,
        treated.mean - control.mean as difference,
        {{ welch('treated', 'control') }}
    from arms as treated
    inner join experiment_definitions
        on treated.experiment = experiment_definitions.experiment
    inner join arms as control
        on
            treated.test = control.test
            and treated.experiment = control.experiment
            and treated.metric = control.metric
            and experiment_definitions.control_variant = control.variant
    where treated.variant <> experiment_definitions.control_variant
),

tailed as (
    select
        compared.*,
        {{ student_t_tail(
            'abs(compared.difference / compared.standard_error)',
            'compared.degrees_of_freedom'
        ) }} as tail
    from compared
)

select
    tailed.test,
    tailed.experiment,
    tailed.metric,
    tailed.variant,
    tailed.difference,
    tailed.standard_error,
    {{ at_most(1, '2 * tailed.tail') }} as p_value
from tailed
