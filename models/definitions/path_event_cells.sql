with definition_cells as (
    select * from {{ ref('definition_cells') }}
),

definition_rows as (
    select
        *,
        {{ cell('path_report', 'definition_rows') }} as path_report
    from {{ ref('defaulted_definitions') }} as definition_rows
    where file in ('path_reports', 'path_exclusions', 'path_groupings')
),

event_reports as (
    select definition_rows.path_report
    from definition_rows
    where
        definition_rows.file = 'path_reports'
        and {{ cell('item', 'definition_rows') }} = 'event_name'
),

grouped_items as (
    select
        definition_rows.path_report,
        {{ path_item(cell('item', 'definition_rows'), "'event_name'") }} as item
    from definition_rows
    where definition_rows.file = 'path_groupings'
)

-- A pattern with an asterisk need not fit anything, and what a grouping calls events is
-- an item too.
select
    definition_cells.file,
    definition_cells.row_number,
    definition_cells.column_name,
    definition_cells.value,
    {{ snake_case('definition_cells.value') }} as event_name
from definition_cells
inner join definition_rows
    on
        definition_cells.file = definition_rows.file
        and definition_cells.row_number = definition_rows.row_number
inner join event_reports
    on definition_rows.path_report = event_reports.path_report
left join grouped_items
    on
        definition_rows.path_report = grouped_items.path_report
        and {{ path_item('definition_cells.value', "'event_name'") }}
        = grouped_items.item
where
    case definition_cells.file
        when 'path_reports'
            then definition_cells.column_name in ('start_item', 'end_item')
        when 'path_exclusions' then definition_cells.column_name = 'item'
        else definition_cells.column_name = 'pattern'
    end
    and not contains(definition_cells.value, '*')
    and grouped_items.item is null
