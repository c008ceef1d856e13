with definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
),

retentions as (
    select
        definition_rows.row_number,
        {{ cell('unit', 'definition_rows') }} as unit
    from definition_rows
    where definition_rows.file = 'retentions'
),

brackets as (
    select
        definition_rows.row_number,
        {{ cell('bracket', 'definition_rows') }} as bracket,
        {{ cell('last_period', 'definition_rows') }} as last_period,
        try_cast({{ cell('bracket', 'definition_rows') }} as double) as bracket_number,
        try_cast({{ cell('first_period', 'definition_rows') }} as double)
            as first_number,
        try_cast({{ cell('last_period', 'definition_rows') }} as double) as last_number
    from definition_rows
    where definition_rows.file = 'retention_brackets'
)

select
    'retentions' as file,
    retentions.row_number,
    'unit' as column_name,
    retentions.unit as value,
    'expected person or the type of a group, as nobody returns to a session' as fault
from retentions
where retentions.unit = 'session'

union all

select
    'retention_brackets' as file,
    brackets.row_number,
    'last_period' as column_name,
    brackets.last_period as value,
    'expected first_period or a later one' as fault
from brackets
where brackets.last_number < brackets.first_number

union all

select
    'retention_brackets' as file,
    brackets.row_number,
    'bracket' as column_name,
    brackets.bracket as value,
    'expected 1 or more, as bracket 0 is period 0 alone' as fault
from brackets
where
    brackets.bracket_number = 0
    and (brackets.first_number > 0 or brackets.last_number > 0)
