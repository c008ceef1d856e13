with segments as (
    select * from {{ ref('experiment_segment_definitions') }}
),

experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
),

experiment_variants as (
    select * from {{ ref('experiment_variant_definitions') }}
),

experiment_exposures as (
    select * from {{ ref('experiment_exposures') }}
    where is_unit
),

event_property_values as (
    select * from {{ ref('event_property_values') }}
),

experiment_unit_metrics as (
    select * from {{ ref('experiment_unit_metrics') }}
    where is_last
),

-- Who somebody was when first exposed, so that the variant cannot change it.
unit_segments as (
    select
        segments.experiment,
        segments.segment_property,
        experiment_exposures.person_id,
        {{ breakdown_label('event_property_values.property_value') }} as segment
    from segments
    inner join experiment_exposures
        on segments.experiment = experiment_exposures.experiment
    left join event_property_values
        on
            experiment_exposures.event_key = event_property_values.event_key
            and segments.segment_property = event_property_values.property_name
),

-- A variant that nobody of a segment has seen has a row all the same.
arms as (
    select distinct
        unit_segments.experiment,
        unit_segments.segment_property,
        unit_segments.segment,
        experiment_metrics.metric,
        experiment_metrics.quantile,
        experiment_variants.variant
    from unit_segments
    inner join experiment_metrics
        on unit_segments.experiment = experiment_metrics.experiment
    inner join experiment_variants
        on unit_segments.experiment = experiment_variants.experiment
),

measured as (
    select
        unit_segments.segment_property,
        unit_segments.segment,
        experiment_unit_metrics.*
    from unit_segments
    inner join experiment_unit_metrics
        on
            unit_segments.experiment = experiment_unit_metrics.experiment
            and unit_segments.person_id = experiment_unit_metrics.person_id
)

select
    arms.experiment,
    arms.segment_property,
    arms.segment,
    arms.metric,
    arms.variant,
    {{ unit_totals('measured') }},
    {{ unit_quantiles('measured', 'arms') }}
from arms
left join measured
    on
        arms.experiment = measured.experiment
        and arms.segment_property = measured.segment_property
        and arms.segment is not distinct from measured.segment
        and arms.metric = measured.metric
        and arms.variant = measured.variant
group by
    arms.experiment, arms.segment_property, arms.segment, arms.metric, arms.variant
