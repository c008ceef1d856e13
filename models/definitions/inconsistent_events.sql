{% set nameless = "'^[!-/:-@_`{-~ ]+$'" %}

with definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
),

named_events as (
    select
        definition_rows.row_number,
        {{ cell('event', 'definition_rows') }} as event,
        {{ cell('property_name', 'definition_rows') }} as property_name,
        {{ cell('operator', 'definition_rows') }} as operator,
        {{ cell('property_value', 'definition_rows') }} as property_value
    from definition_rows
    where definition_rows.file = 'named_events'
),

activities as (
    select
        definition_rows.row_number,
        {{ cell('activity', 'definition_rows') }} as activity
    from definition_rows
    where definition_rows.file = 'activities'
),

cohort_rules as (
    select
        definition_rows.row_number,
        {{ cell('property_name', 'definition_rows') }} as property_name,
        {{ cell('operator', 'definition_rows') }} as operator,
        {{ cell('property_value', 'definition_rows') }} as property_value
    from definition_rows
    where definition_rows.file = 'cohort_rules'
),

conditions as (
    select
        'named_events' as file,
        named_events.row_number,
        named_events.property_name,
        named_events.operator,
        named_events.property_value
    from named_events

    union all

    select
        'cohort_rules' as file,
        cohort_rules.row_number,
        cohort_rules.property_name,
        cohort_rules.operator,
        cohort_rules.property_value
    from cohort_rules
),

new_names as (
    select
        'named_events' as file,
        named_events.row_number,
        'event' as column_name,
        named_events.event as name
    from named_events

    union all

    select
        'activities' as file,
        activities.row_number,
        'activity' as column_name,
        activities.activity as name
    from activities
)

select
    conditions.file,
    conditions.row_number,
    'property_value' as column_name,
    conditions.property_value as value,
    case
        when conditions.property_value is null
            then concat('expected a value, as the operator is ', conditions.operator)
        when conditions.operator = 'matches' then 'expected a regular expression'
        else 'expected a number'
    end as fault
from conditions
where
    conditions.property_name is not null
    and case
        when conditions.operator in ('is_set', 'is_not_set') then false
        when conditions.property_value is null then true
        when conditions.operator = 'matches'
            then not {{ is_pattern('conditions.property_value') }}
        when conditions.operator in ('greater_than', 'less_than')
            then {{ number_fault("'number'", 'conditions.property_value') }} is not null
        else false
    end

union all

select
    conditions.file,
    conditions.row_number,
    'property_name' as column_name,
    cast(null as string) as value,
    'expected the property that the condition is of' as fault
from conditions
where
    conditions.property_name is null
    and (conditions.property_value is not null or conditions.operator <> 'equals')

union all

select
    new_names.file,
    new_names.row_number,
    new_names.column_name,
    new_names.name as value,
    case
        when {{ has_match('new_names.name', nameless) }}
            then 'expected a name with a letter or a digit in it'
        when
            {{ snake_case('new_names.name') }}
            not in ('any', 'session_started', 'first_seen')
            then 'expected a name that no named event has'
        else 'expected another name, as this one is built in'
    end as fault
from new_names
where
    {{ snake_case('new_names.name') }} in ('any', 'session_started', 'first_seen')
    or {{ has_match('new_names.name', nameless) }}
    or new_names.file = 'activities'
    and {{ snake_case('new_names.name') }} in (
        select {{ snake_case('named_events.event') }} from named_events
    )
