with definitions as (
    select * from {{ ref('definitions') }}
)

select
    {{ cell('path_report') }} as path_report,
    {{ cell('unit') }} as unit,
    {{ cell('item') }} as item,
    {{ path_item(cell('start_item'), cell('item')) }} as start_item,
    {{ path_item(cell('end_item'), cell('item')) }} as end_item,
    cast({{ cell('step_limit') }} as integer) as step_limit,
    cast({{ cell('edge_limit') }} as integer) as edge_limit,
    {{ cell('collapse_repeats') }} = 'true' as collapses_repeats,
    {{ parse_timestamp(cell('path_from')) }} as path_from,
    {{ parse_timestamp(cell('path_until')) }} as path_until
from definitions
where definitions.file = 'path_reports'
