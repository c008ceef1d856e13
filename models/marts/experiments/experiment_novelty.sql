with experiment_units as (
    select * from {{ ref('experiment_units') }}
),

experiment_unit_events as (
    select * from {{ ref('experiment_unit_events') }}
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

-- What somebody did in the second half of the window, less what in the first: where
-- an effect wears off, or has to be learned, it differs between variants.
signed as (
    select
        experiment_units.experiment,
        experiment_units.metric,
        experiment_units.variant,
        experiment_units.person_id,
        case
            when
                experiment_unit_events.occurred_at <= experiment_units.opens_at
                + (experiment_units.closes_at - experiment_units.opens_at) / 2
                then -experiment_unit_events.value
            else experiment_unit_events.value
        end as signed_value
    from experiment_units
    cross join data_bounds
    left join experiment_unit_events
        on
            experiment_units.experiment = experiment_unit_events.experiment
            and experiment_units.metric = experiment_unit_events.metric
            and experiment_units.person_id = experiment_unit_events.person_id
            and experiment_unit_events.part = 'numerator'
    where
        experiment_units.metric_type in ('binary', 'count', 'mean', 'ratio')
        and experiment_units.closes_at <= data_bounds.as_of
)

select
    signed.experiment,
    signed.metric,
    signed.variant,
    signed.person_id,
    coalesce({{ ordered_sum('signed.signed_value') }}, 0) as value
from signed
group by signed.experiment, signed.metric, signed.variant, signed.person_id
