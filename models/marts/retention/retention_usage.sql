with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

retention_unit_intervals as (
    select * from {{ ref('retention_unit_intervals') }}
),

cohort_people as (
    select distinct
        cohort,
        person_id
    from {{ ref('cohort_members') }}
)

select
    retention_definitions.retention,
    count(*) as people_count,
    count(unit_intervals.median_days) as returning_people,
    count(unit_intervals.median_days) / count(*) as returning_rate,
    {{ wilson_low('count(unit_intervals.median_days)', 'count(*)') }} as rate_low,
    {{ wilson_high('count(unit_intervals.median_days)', 'count(*)') }} as rate_high,
    percentile_cont(0.25) within group (order by unit_intervals.median_days)
        as p25_days,
    percentile_cont(0.5) within group (order by unit_intervals.median_days)
        as median_days,
    percentile_cont(0.75) within group (order by unit_intervals.median_days)
        as p75_days,
    percentile_cont(0.8) within group (order by unit_intervals.median_days)
        as p80_days,
    percentile_cont(0.9) within group (order by unit_intervals.median_days)
        as p90_days
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
group by retention_definitions.retention
