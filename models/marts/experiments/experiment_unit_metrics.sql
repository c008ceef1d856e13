with experiment_exposures as (
    select * from {{ ref('experiment_exposures') }}
    where not is_multi_variant
),

experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

event_property_values as (
    select * from {{ ref('event_property_values') }}
),

units as (
    select
        experiment_metrics.*,
        experiment_exposures.person_id,
        experiment_exposures.variant,
        experiment_exposures.exposed_at,
        experiment_exposures.exposed_at
        + to_microseconds(experiment_metrics.window_seconds * 1000000) as closes_at
    from experiment_exposures
    inner join experiment_metrics
        on experiment_exposures.experiment = experiment_metrics.experiment
),

-- Both ends of a unit's window belong to it.
numerators as (
    select
        units.experiment,
        units.metric,
        units.person_id,
        count(*) as event_count,
        coalesce({{ ordered_sum(
            finite_number('event_property_values.property_value')
        ) }}, 0) as value_total
    from units
    inner join matched_events
        on
            units.event = matched_events.event
            and units.person_id = matched_events.person_id
            and units.exposed_at <= matched_events.occurred_at
            and units.closes_at >= matched_events.occurred_at
    left join event_property_values
        on
            matched_events.event_key = event_property_values.event_key
            and units.value_property = event_property_values.property_name
    group by units.experiment, units.metric, units.person_id
),

denominators as (
    select
        units.experiment,
        units.metric,
        units.person_id,
        count(*) as event_count
    from units
    inner join matched_events
        on
            units.denominator_event = matched_events.event
            and units.person_id = matched_events.person_id
            and units.exposed_at <= matched_events.occurred_at
            and units.closes_at >= matched_events.occurred_at
    group by units.experiment, units.metric, units.person_id
)

select
    units.experiment,
    units.metric,
    units.metric_type,
    units.variant,
    units.person_id,
    case
        when units.metric_type = 'binary'
            then least(coalesce(numerators.event_count, 0), 1)
        when units.metric_type = 'count' or units.value_property is null
            then coalesce(numerators.event_count, 0)
        else coalesce(numerators.value_total, 0)
    end as metric_value,
    case
        when units.metric_type = 'ratio' then coalesce(denominators.event_count, 0)
    end as denominator_value
from units
left join numerators
    on
        units.experiment = numerators.experiment
        and units.metric = numerators.metric
        and units.person_id = numerators.person_id
left join denominators
    on
        units.experiment = denominators.experiment
        and units.metric = denominators.metric
        and units.person_id = denominators.person_id
