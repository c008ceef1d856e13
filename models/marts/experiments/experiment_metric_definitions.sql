with definitions as (
    select * from {{ ref('definitions') }}
)

select
    {{ cell('experiment') }} as experiment,
    {{ cell('metric') }} as metric,
    {{ cell('metric_type') }} as metric_type,
    {{ defined_name(cell('event')) }} as event,
    {{ cell('value_property') }} as value_property,
    {{ defined_name(cell('denominator_event')) }} as denominator_event,
    cast(least(36525, cast({{ cell('window_days') }} as double)) * 86400 as bigint)
        as window_seconds,
    {{ cell('direction') }} as direction,
    {{ cell('is_primary') }} = 'true' as is_primary
from definitions
where definitions.file = 'experiment_metrics'
