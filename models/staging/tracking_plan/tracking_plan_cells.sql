with tracking_plan_rows as (
    select * from {{ ref('tracking_plan_rows') }}
),

definition_columns as (
    select * from {{ ref('definition_columns') }}
)

-- Columns that a file does not have are as if every cell in them were empty.
select
    tracking_plan_rows.file,
    tracking_plan_rows.row_number,
    definition_columns.column_name,
    {{ cell_text(
        json_value('tracking_plan_rows.cells', 'definition_columns.column_name'),
        'definition_columns.options'
    ) }} as value,
    definition_columns.is_required,
    definition_columns.is_key,
    definition_columns.format,
    definition_columns.options,
    definition_columns.refers_to,
    definition_columns.default_value
from tracking_plan_rows
inner join definition_columns
    on tracking_plan_rows.file = definition_columns.file
