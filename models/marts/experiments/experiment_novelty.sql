with experiment_units as (
    select * from {{ ref('experiment_units') }}
),

experiment_unit_events as (
    select * from {{ ref('experiment_unit_events') }}
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

halved as (
    select
        experiment_units.experiment,
        experiment_units.metric,
        experiment_units.metric_type,
        experiment_units.variant,
        experiment_units.person_id,
        experiment_unit_events.value,
        experiment_unit_events.occurred_at <= experiment_units.opens_at
        + (experiment_units.closes_at - experiment_units.opens_at) / 2 as is_early
    from experiment_units
    cross join data_bounds
    left join experiment_unit_events
        on
            experiment_units.experiment = experiment_unit_events.experiment
            and experiment_units.metric = experiment_unit_events.metric
            and experiment_units.person_id = experiment_unit_events.person_id
            and experiment_unit_events.part = 'numerator'
    where
        experiment_units.metric_type in ('binary', 'count', 'mean')
        and experiment_units.closes_at <= data_bounds.as_of
),

summed as (
    select
        halved.experiment,
        halved.metric,
        halved.metric_type,
        halved.variant,
        halved.person_id,
        coalesce(
            {{ ordered_sum('case when halved.is_early then halved.value end') }}, 0
        ) as early_value,
        coalesce(
            {{ ordered_sum('case when not halved.is_early then halved.value end') }}, 0
        ) as late_value
    from halved
    group by
        halved.experiment, halved.metric, halved.metric_type, halved.variant,
        halved.person_id
)

-- The metric of the second half of the window, less that of the first: where an effect
-- wears off, or has to be learned, it differs between variants.
select
    summed.experiment,
    summed.metric,
    summed.variant,
    summed.person_id,
    case
        when summed.metric_type = 'binary'
            then least(summed.late_value, 1) - least(summed.early_value, 1)
        else summed.late_value - summed.early_value
    end as value
from summed
