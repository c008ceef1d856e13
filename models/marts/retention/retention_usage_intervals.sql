with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

retention_unit_intervals as (
    select * from {{ ref('retention_unit_intervals') }}
    where median_days is not null
),

cohort_people as (
    select distinct
        cohort,
        person_id
    from {{ ref('cohort_members') }}
),

counted as (
    select
        retention_definitions.retention,
        cast(floor(unit_intervals.median_days) as integer) as interval_days,
        count(*) as people_count
    from retention_definitions
    inner join retention_unit_intervals as unit_intervals
        on
            retention_definitions.return_event = unit_intervals.event
            and retention_definitions.unit = unit_intervals.unit
    left join cohort_people
        on
            retention_definitions.cohort = cohort_people.cohort
            and unit_intervals.person_id = cohort_people.person_id
    where retention_definitions.cohort is null or cohort_people.cohort is not null
    group by retention_definitions.retention, floor(unit_intervals.median_days)
),

added_up as (
    select
        counted.*,
        cast(sum(counted.people_count) over (
            partition by counted.retention
            order by counted.interval_days
        ) as bigint) as cumulative_count,
        cast(sum(counted.people_count) over (
            partition by counted.retention
        ) as bigint) as returning_people
    from counted
)

select
    added_up.retention,
    added_up.interval_days,
    added_up.returning_people,
    added_up.people_count,
    added_up.people_count / added_up.returning_people as people_share,
    added_up.cumulative_count,
    added_up.cumulative_count / added_up.returning_people as cumulative_share
from added_up
