{{ config(meta={'fingerprint': 'content'}) }}

with definitions as (
    select * from {{ ref('definitions') }}
)

select
    {{ cell('experiment') }} as experiment,
    {{ defined_name(cell('exposure_event')) }} as exposure_event,
    {{ cell('experiment_property') }} as experiment_property,
    coalesce({{ cell('experiment_value') }}, {{ cell('experiment') }})
        as experiment_value,
    {{ cell('variant_property') }} as variant_property,
    {{ cell('control_variant') }} as control_variant,
    {{ defined_name(cell('trigger_event')) }} as trigger_event,
    cast({{ cell('confidence') }} as double) as confidence,
    cast({{ cell('power') }} as double) as power,
    {{ cell('correction') }} as correction,
    cast({{ cell('sequential_tuning') }} as double) as sequential_tuning,
    cast({{ cell('mixing_deviation') }} as double) as mixing_deviation,
    {{ parse_timestamp(cell('started_at')) }} as started_at,
    {{ parse_timestamp(cell('ended_at')) }} as ended_at
from definitions
where definitions.file = 'experiments'
