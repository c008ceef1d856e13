{{ config(post_hook="{{ stop_on_rows(this) }}") }}

with definition_cells as (
    select * from {{ ref('definition_cells') }}
),

column_lists as (
    select
        file,
        {{ joined_texts('column_name', "', '", 'column_name') }} as column_names
    from {{ ref('definition_columns') }}
    group by file
),

inconsistencies as (
    select * from {{ ref('inconsistent_funnels') }}

    union all

    select * from {{ ref('inconsistent_funnel_options') }}

    union all

    select * from {{ ref('inconsistent_cohorts') }}

    union all

    select * from {{ ref('inconsistent_retentions') }}

    union all

    select * from {{ ref('inconsistent_periods') }}

    union all

    select * from {{ ref('inconsistent_events') }}

    union all

    select * from {{ ref('inconsistent_labels') }}

    union all

    select * from {{ ref('inconsistent_experiments') }}

    union all

    select * from {{ ref('inconsistent_metrics') }}
),

judged as (
    select
        definition_cells.*,
        case
            when definition_cells.format is null
                then concat(
                    'there is no such column; expected one of ',
                    coalesce(column_lists.column_names, '')
                )
            when definition_cells.value is null and definition_cells.is_required
                then 'the cell must not be empty'
            when definition_cells.value is not null
                then {{ cell_fault('definition_cells') }}
        end as fault
    from definition_cells
    left join column_lists
        on definition_cells.file = column_lists.file
),

dangling as (
    select
        referring.file,
        referring.row_number,
        referring.column_name,
        referring.value,
        concat(
            'expected a value of ', replace(referring.refers_to, '.', '.csv, column ')
        ) as fault
    from definition_cells as referring
    left join definition_cells as referred
        on
            referring.refers_to = concat(referred.file, '.', referred.column_name)
            and referring.value = referred.value
    where
        referring.refers_to is not null
        and referring.value is not null
        and referred.value is null
),

keys as (
    select
        definition_cells.file,
        definition_cells.row_number,
        {{ joined_texts(
            'definition_cells.column_name', "', '", 'definition_cells.column_name'
        ) }} as column_name,
        {{ joined_texts(
            key_text('definition_cells'), "', '", 'definition_cells.column_name'
        ) }} as value
    from definition_cells
    where definition_cells.is_key
    group by definition_cells.file, definition_cells.row_number
),

repeated as (
    select
        keys.file,
        max(keys.row_number) as row_number,
        keys.column_name,
        keys.value,
        'expected what no other row has' as fault
    from keys
    where keys.value is not null
    group by keys.file, keys.column_name, keys.value
    having count(*) > 1
),

faults as (
    select
        judged.file,
        judged.row_number,
        judged.column_name,
        judged.value,
        judged.fault
    from judged
    where judged.fault is not null

    union all

    select * from dangling

    union all

    select * from repeated

    union all

    select * from inconsistencies
)

select
    faults.file,
    faults.row_number,
    faults.column_name,
    {{ fault_sentence('faults', 'definitions') }} as message
from faults
