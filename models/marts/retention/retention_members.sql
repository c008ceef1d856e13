with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

unit_days as (
    select
        *,
        {{ period_start('activity_date', "'week'") }} as week_start,
        {{ period_start('activity_date', "'month'") }} as month_start
    from {{ ref('retention_unit_days') }}
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
),

cohort_days as (
    select
        retention_definitions.retention,
        retention_definitions.cohort_rule,
        unit_days.unit_id,
        unit_days.person_id,
        case retention_definitions.period
            when 'day' then unit_days.activity_date
            when 'week' then unit_days.week_start
            when 'month' then unit_days.month_start
        end as cohort_start,
        unit_days.first_at,
        unit_days.first_position,
        unit_days.first_event_key
    from retention_definitions
    inner join unit_days
        on
            retention_definitions.cohort_event = unit_days.event
            and retention_definitions.unit = unit_days.unit
),

-- The first of all time, or the first of each period.
entries as (
    select
        cohort_days.retention,
        cohort_days.unit_id,
        cohort_days.person_id,
        min(cohort_days.cohort_start) as cohort_start,
        min(cohort_days.first_at) as entered_at,
        min(cohort_days.first_position) as entry_position,
        min_by(cohort_days.first_event_key, cohort_days.first_position) as event_key
    from cohort_days
    group by
        cohort_days.retention, cohort_days.unit_id, cohort_days.person_id,
        case
            when cohort_days.cohort_rule = 'recurring' then cohort_days.cohort_start
        end
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
