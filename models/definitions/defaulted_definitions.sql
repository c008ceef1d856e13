with definition_cells as (
    select * from {{ ref('definition_cells') }}
)

select
    definition_cells.file,
    definition_cells.row_number,
    {{ collect_object(
        'definition_cells.column_name',
        json_string('coalesce(definition_cells.value, definition_cells.default_value)')
    ) }} as cells
from definition_cells
group by definition_cells.file, definition_cells.row_number
