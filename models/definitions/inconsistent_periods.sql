with definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
),

period_columns as (
    select
        listed.file,
        listed.begins,
        listed.ends
    from (
        values
        ('funnels', 'entered_from', 'entered_until'),
        ('retentions', 'cohort_from', 'cohort_until'),
        ('path_reports', 'path_from', 'path_until')
    ) as listed (file, begins, ends)
),

periods as (
    select
        definition_rows.file,
        definition_rows.row_number,
        period_columns.begins,
        period_columns.ends,
        {{ json_value('definition_rows.cells', 'period_columns.begins') }} as begins_at,
        {{ json_value('definition_rows.cells', 'period_columns.ends') }} as ends_at
    from definition_rows
    inner join period_columns
        on definition_rows.file = period_columns.file
)

select
    periods.file,
    periods.row_number,
    periods.ends as column_name,
    periods.ends_at as value,
    concat('expected a time after ', periods.begins) as fault
from periods
where
    {{ parse_timestamp('periods.ends_at') }}
    <= {{ parse_timestamp('periods.begins_at') }}
