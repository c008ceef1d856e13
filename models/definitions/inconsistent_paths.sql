with definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
),

path_reports as (
    select
        definition_rows.row_number,
        {{ cell('path_until', 'definition_rows') }} as path_until,
        {{ parse_timestamp(cell('path_from', 'definition_rows')) }} as starts,
        {{ parse_timestamp(cell('path_until', 'definition_rows')) }} as ends
    from definition_rows
    where definition_rows.file = 'path_reports'
)

select
    'path_reports' as file,
    path_reports.row_number,
    'path_until' as column_name,
    path_reports.path_until as value,
    'expected a time after path_from' as fault
from path_reports
where path_reports.ends <= path_reports.starts
