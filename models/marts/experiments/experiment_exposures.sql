with experiment_definitions as (
    select * from {{ ref('experiment_definitions') }}
),

experiment_variants as (
    select * from {{ ref('experiment_variant_definitions') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

event_property_values as (
    select * from {{ ref('event_property_values') }}
),

exposures as (
    select
        experiment_definitions.experiment,
        matched_events.person_id,
        experiment_variants.variant,
        matched_events.occurred_at as exposed_at,
        matched_events.person_position
    from experiment_definitions
    inner join matched_events
        on experiment_definitions.exposure_event = matched_events.event
    inner join event_property_values as variant_values
        on
            matched_events.event_key = variant_values.event_key
            and experiment_definitions.variant_property = variant_values.property_name
    inner join experiment_variants
        on
            experiment_definitions.experiment = experiment_variants.experiment
            and variant_values.property_value = experiment_variants.variant
    left join event_property_values as experiment_values
        on
            matched_events.event_key = experiment_values.event_key
            and experiment_definitions.experiment_property
            = experiment_values.property_name
    where
        (
            experiment_definitions.experiment_property is null
            or experiment_values.property_value
            = experiment_definitions.experiment_value
        )
        and matched_events.occurred_at
        >= coalesce(experiment_definitions.started_at, timestamp '0001-01-01')
        and matched_events.occurred_at
        < coalesce(experiment_definitions.ended_at, timestamp '9999-01-01')
)

-- Who was shown two variants belongs to neither.
select
    exposures.experiment,
    exposures.person_id,
    min(exposures.variant) as variant,
    count(distinct exposures.variant) > 1 as is_multi_variant,
    min(exposures.exposed_at) as exposed_at
from exposures
group by exposures.experiment, exposures.person_id
