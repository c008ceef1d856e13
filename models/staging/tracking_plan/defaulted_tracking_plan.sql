with tracking_plan_cells as (
    select * from {{ ref('tracking_plan_cells') }}
)

select
    tracking_plan_cells.file,
    tracking_plan_cells.row_number,
    {{ collect_object(
        'tracking_plan_cells.column_name',
        json_string(
            'coalesce(tracking_plan_cells.value, tracking_plan_cells.default_value)'
        )
    ) }} as cells
from tracking_plan_cells
group by tracking_plan_cells.file, tracking_plan_cells.row_number
