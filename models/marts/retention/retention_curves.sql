with retention_cohorts as (
    select * from {{ ref('retention_cohorts') }}
)

-- Complete cohorts only, each weighing as much as it has people.
select
    retention_cohorts.retention,
    retention_cohorts.breakdown_value,
    retention_cohorts.is_total,
    retention_cohorts.period_number,
    cast(sum(retention_cohorts.cohort_size) as bigint) as cohort_size,
    cast(sum(retention_cohorts.retained_count) as bigint) as retained_count,
    sum(retention_cohorts.retained_count) / sum(retention_cohorts.cohort_size)
        as retention_rate
from retention_cohorts
where retention_cohorts.is_complete
group by
    retention_cohorts.retention,
    retention_cohorts.breakdown_value,
    retention_cohorts.is_total,
    retention_cohorts.period_number
