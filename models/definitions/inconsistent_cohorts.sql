with definition_cells as (
    select * from {{ ref('definition_cells') }}
),

definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
),

cohorts as (
    select
        definition_rows.row_number,
        {{ cell('cohort', 'definition_rows') }} as cohort
    from definition_rows
    where definition_rows.file = 'cohorts'
),

rules as (
    select
        definition_rows.row_number,
        {{ cell('cohort', 'definition_rows') }} as cohort,
        {{ cell('count', 'definition_rows') }} as threshold,
        try_cast({{ cell('count', 'definition_rows') }} as double) as threshold_number,
        {{ cell('occurrence', 'definition_rows') }} as occurrence,
        {{ cell('then_event', 'definition_rows') }} as then_event,
        {{ cell('then_within_days', 'definition_rows') }} as then_within_days,
        {{ cell('value_property', 'definition_rows') }} as value_property
    from definition_rows
    where definition_rows.file = 'cohort_rules'
),

faults as (
    select
        'cohorts' as file,
        cohorts.row_number,
        'cohort' as column_name,
        cohorts.cohort as value,
        'expected at least one rule in cohort_rules.csv' as fault
    from cohorts
    where
        not exists (
            select 1 from rules
            where rules.cohort = cohorts.cohort
        )

    union all

    select
        'cohort_rules' as file,
        rules.row_number,
        'count' as column_name,
        rules.threshold as value,
        'expected a whole number, as without value_property events are counted' as fault
    from rules
    where
        rules.value_property is null
        and (rules.threshold_number < 0 or rules.threshold_number % 1 <> 0)

    union all

    select
        'cohort_rules' as file,
        rules.row_number,
        'occurrence' as column_name,
        rules.occurrence as value,
        'expected any, as a rule with then_event is of every pair' as fault
    from rules
    where rules.then_event is not null and rules.occurrence <> 'any'

    union all

    select
        'cohort_rules' as file,
        rules.row_number,
        'value_property' as column_name,
        rules.value_property as value,
        'expected nothing, as a rule with then_event counts pairs' as fault
    from rules
    where rules.then_event is not null and rules.value_property is not null

    union all

    select
        'cohort_rules' as file,
        rules.row_number,
        'then_within_days' as column_name,
        rules.then_within_days as value,
        'expected nothing, as there is no then_event' as fault
    from rules
    where rules.then_event is null and rules.then_within_days is not null

    union all

    select
        definition_cells.file,
        definition_cells.row_number,
        definition_cells.column_name,
        definition_cells.value,
        case
            when definition_cells.file = 'cohort_rules'
                then 'a cohort cannot be made of cohorts'
            else 'expected cohort. and a cohort of cohorts.csv'
        end as fault
    from definition_cells
    where
        definition_cells.format = 'event_property'
        and definition_cells.value like 'cohort.%'
        and (
            definition_cells.file = 'cohort_rules'
            or not exists (
                select 1 from cohorts
                where cohorts.cohort = substr(definition_cells.value, 8)
            )
        )

    union all

    select
        definition_rows.file,
        definition_rows.row_number,
        'cohort' as column_name,
        {{ cell('cohort', 'definition_rows') }} as value,
        'expected nothing, as a cohort is of people and the unit is a group' as fault
    from definition_rows
    where
        {{ cell('unit', 'definition_rows') }} not in ('person', 'session')
        and {{ cell('cohort', 'definition_rows') }} is not null
)

select * from faults
