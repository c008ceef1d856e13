{{ config(post_hook="{{ stop_on_rows(this) }}") }}

with cells as (
    select
        tracking_plan_cells.*,
        case
            when tracking_plan_cells.format = 'event'
                then {{ defined_name('tracking_plan_cells.value') }}
            else tracking_plan_cells.value
        end as name
    from {{ ref('tracking_plan_cells') }} as tracking_plan_cells
),

judged as (
    select
        cells.file,
        cells.row_number,
        cells.column_name,
        cells.value,
        case
            when cells.value is null
                then case when cells.is_required then 'the cell must not be empty' end
            when
                cells.format = 'regular_expression'
                and not {{ is_pattern('cells.value') }}
                then 'expected a regular expression (RE2, without look-around)'
            else {{ cell_fault('cells') }}
        end as fault
    from cells
),

dangling as (
    select
        referring.file,
        referring.row_number,
        referring.column_name,
        referring.value,
        concat(
            'expected a value of ', replace(referring.refers_to, '.', '.csv, column '),
            ', or *'
        ) as fault
    from cells as referring
    left join cells as referred
        on
            referring.refers_to = concat(referred.file, '.', referred.column_name)
            and referring.name = referred.name
    where
        referring.refers_to is not null
        and referring.name <> '*'
        and referred.name is null
),

keys as (
    select
        cells.file,
        cells.row_number,
        {{ joined_texts('cells.column_name', "', '", 'cells.column_name') }}
            as column_name,
        {{ joined_texts('cells.value', "', '", 'cells.column_name') }} as value,
        {{ joined_texts('cells.name', "', '", 'cells.column_name') }} as name
    from cells
    where cells.is_key
    group by cells.file, cells.row_number
),

faults as (
    select * from judged
    where judged.fault is not null

    union all

    select * from dangling

    union all

    select
        keys.file,
        keys.row_number,
        keys.column_name,
        keys.value,
        'expected what no row before it has' as fault
    from keys
    qualify
        row_number() over (
            partition by keys.file, keys.name order by keys.row_number asc
        ) > 1

    union all

    select * from {{ ref('inconsistent_tracking_plan') }}
)

select
    faults.file,
    faults.row_number,
    faults.column_name,
    {{ fault_sentence('faults', 'tracking_plan') }} as message
from faults
