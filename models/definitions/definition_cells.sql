with definition_rows as (
    select * from {{ ref('definition_rows') }}
),

definition_columns as (
    select * from {{ ref('definition_columns') }}
),

cells as (
    select
        definition_rows.file,
        definition_rows.row_number,
        {{ json_object_keys('definition_rows.cells') }} as column_name,
        definition_rows.cells
    from definition_rows
),

found as (
    select
        cells.file,
        cells.row_number,
        cells.column_name,
        {{ json_value('cells.cells', 'cells.column_name') }} as text
    from cells
),

-- Columns that a file does not have are as if every cell in them were empty.
expected as (
    select
        definition_rows.file,
        definition_rows.row_number,
        definition_columns.column_name,
        definition_columns.is_required,
        definition_columns.is_key,
        definition_columns.format,
        definition_columns.options,
        definition_columns.refers_to,
        definition_columns.default_value
    from definition_rows
    inner join definition_columns
        on definition_rows.file = definition_columns.file
)

select
    coalesce(expected.file, found.file) as file,
    coalesce(expected.row_number, found.row_number) as row_number,
    coalesce(expected.column_name, found.column_name) as column_name,
    {{ cell_text('found.text', 'expected.options') }} as value,
    expected.is_required,
    expected.is_key,
    expected.format,
    expected.options,
    expected.refers_to,
    expected.default_value
from expected
full outer join found
    on
        expected.file = found.file
        and expected.row_number = found.row_number
        and expected.column_name = found.column_name
