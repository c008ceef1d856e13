with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

retention_unit_activity as (
    select * from {{ ref('retention_unit_activity') }}
),

cohort_people as (
    select distinct
        cohort,
        person_id
    from {{ ref('cohort_members') }}
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

counted as (
    select
        retention_definitions.retention,
        unit_activity.period_type,
        unit_activity.period_start,
        unit_activity.active_days,
        count(*) as people_count
    from retention_definitions
    inner join retention_unit_activity as unit_activity
        on
            retention_definitions.return_event = unit_activity.event
            and retention_definitions.unit = unit_activity.unit
    left join cohort_people
        on
            retention_definitions.cohort = cohort_people.cohort
            and unit_activity.person_id = cohort_people.person_id
    where retention_definitions.cohort is null or cohort_people.cohort is not null
    group by
        retention_definitions.retention, unit_activity.period_type,
        unit_activity.period_start, unit_activity.active_days
),

periods as (
    select
        counted.retention,
        counted.period_type,
        counted.period_start,
        {{ add_periods('counted.period_start', 'counted.period_type', '1') }}
            as next_start,
        cast(sum(counted.people_count) as bigint) as active_people
    from counted
    group by counted.retention, counted.period_type, counted.period_start
),

-- Every number of days that the period has, also where nobody had it.
numbered as (
    select
        periods.*,
        {{ numbers_up_to(1, periods_between(
            "'day'", 'periods.period_start', 'periods.next_start'
        )) }} as active_days
    from periods
),

added_up as (
    select
        numbered.*,
        coalesce(counted.people_count, 0) as people_count,
        cast(sum(coalesce(counted.people_count, 0)) over (
            partition by numbered.retention, numbered.period_type, numbered.period_start
            order by numbered.active_days desc
        ) as bigint) as at_least_count
    from numbered
    left join counted
        on
            numbered.retention = counted.retention
            and numbered.period_type = counted.period_type
            and numbered.period_start = counted.period_start
            and numbered.active_days = counted.active_days
)

select
    added_up.retention,
    added_up.period_type,
    added_up.period_start,
    cast(added_up.active_days as integer) as active_days,
    added_up.active_people,
    added_up.people_count,
    added_up.at_least_count,
    added_up.at_least_count / added_up.active_people as at_least_rate,
    {{ wilson_low('added_up.at_least_count', 'added_up.active_people') }} as rate_low,
    {{ wilson_high('added_up.at_least_count', 'added_up.active_people') }} as rate_high,
    {{ local_time('data_bounds.as_of') }} >= added_up.next_start as is_complete
from added_up
cross join data_bounds
