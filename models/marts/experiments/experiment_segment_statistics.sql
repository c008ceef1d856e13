with segments as (
    select * from {{ ref('experiment_segment_definitions') }}
),

experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
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
)

select
    unit_segments.experiment,
    unit_segments.segment_property,
    unit_segments.segment,
    experiment_unit_metrics.metric,
    experiment_unit_metrics.variant,
    {{ unit_totals('experiment_unit_metrics') }},
    {{ unit_quantiles('experiment_unit_metrics', 'experiment_metrics') }}
from unit_segments
inner join experiment_unit_metrics
    on
        unit_segments.experiment = experiment_unit_metrics.experiment
        and unit_segments.person_id = experiment_unit_metrics.person_id
inner join experiment_metrics
    on
        experiment_unit_metrics.experiment = experiment_metrics.experiment
        and experiment_unit_metrics.metric = experiment_metrics.metric
group by
    unit_segments.experiment, unit_segments.segment_property, unit_segments.segment,
    experiment_unit_metrics.metric, experiment_unit_metrics.variant
