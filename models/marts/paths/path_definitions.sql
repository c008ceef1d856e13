{{ config(meta={'fingerprint': 'content'}) }}

with definitions as (
    select * from {{ ref('definitions') }}
)

select
    {{ cell('path_report') }} as path_report,
    {{ cell('unit') }} as unit,
    {{ cell('item') }} as item,
    {{ path_item(cell('start_item'), cell('item')) }} as start_item,
    {{ path_item(cell('end_item'), cell('item')) }} as end_item,
    {{ whole_cell('step_limit') }} as step_limit,
    {{ whole_cell('edge_limit') }} as edge_limit,
    {{ whole_cell('sequence_limit') }} as sequence_limit,
    {{ cell('collapse_repeats') }} = 'true' as collapses_repeats,
    coalesce({{ parse_timestamp(cell('path_from')) }}, timestamp '0001-01-01')
        as path_from,
    coalesce({{ parse_timestamp(cell('path_until')) }}, timestamp '9999-01-01')
        as path_until,
    {{ cell('cohort') }} as cohort
from definitions
where definitions.file = 'path_reports'
