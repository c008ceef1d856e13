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
    cast({{ cell('confidence') }} as double) as confidence,
    {{ cell('correction') }} as correction,
    cast({{ cell('sequential_tuning') }} as double) as sequential_tuning,
    {{ parse_timestamp(cell('started_at')) }} as started_at,
    {{ parse_timestamp(cell('ended_at')) }} as ended_at
from definitions
where definitions.file = 'experiments'
