with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

entries as (
    select * from {{ ref('retention_entries') }}
),

property_values as (
    select * from {{ ref('property_values') }}
),

cohort_people as (
    select distinct
        cohort,
        person_id
    from {{ ref('cohort_members') }}
),

people as (
    select * from {{ ref('people') }}
)

select
    entries.retention,
    entries.unit_id,
    entries.person_id,
    entries.cohort_start,
    entries.entered_at,
    entries.entry_position,
    case
        when retention_definitions.breakdown_property is not null
            then {{ breakdown_label('property_values.property_value') }}
    end as breakdown_value
from entries
inner join retention_definitions
    on entries.retention = retention_definitions.retention
left join people
    on entries.person_id = people.person_id
left join cohort_people
    on
        entries.person_id = cohort_people.person_id
        and retention_definitions.cohort = cohort_people.cohort
left join property_values
    on
        entries.event_key = property_values.event_key
        and retention_definitions.breakdown_property = property_values.property_name
where
    entries.entered_at
    >= coalesce(retention_definitions.cohort_from, timestamp '0001-01-01')
    and entries.entered_at
    < coalesce(retention_definitions.cohort_until, timestamp '9999-01-01')
    and not (
        retention_definitions.cohort_rule = 'first_time'
        and coalesce(people.is_first_seen_in_warmup, false)
    )
    and (retention_definitions.cohort is null or cohort_people.cohort is not null)
