-- Of a cohort all are there in period 0 and at most all in any other; its size is the
-- same in every period.
with cohorts as (
    select
        retention_cohorts.*,
        min(retention_cohorts.period_number) over cohort as first_period_number,
        max(retention_cohorts.cohort_size) over cohort as largest_size
    from {{ ref('retention_cohorts') }} as retention_cohorts
    window cohort as (
        partition by
            retention_cohorts.retention, retention_cohorts.cohort_start,
            retention_cohorts.breakdown_value, retention_cohorts.is_total
    )
)

select *
from cohorts
where
    cohorts.retained_count not between 0 and cohorts.cohort_size
    or (cohorts.period_number = 0 and cohorts.retained_count <> cohorts.cohort_size)
    or cohorts.first_period_number <> 0
    or cohorts.largest_size <> cohorts.cohort_size
