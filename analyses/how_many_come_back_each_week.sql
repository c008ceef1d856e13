with retention_cohorts as (
    select * from {{ ref('retention_cohorts') }}
    where
        retention = 'weekly_activity'
        and is_total
        and is_complete
)

-- A period that is not over yet is no number: it stays empty.
select
    retention_cohorts.cohort_start,
    max(retention_cohorts.cohort_size) as cohort_size,
    max(retention_cohorts.retained_count) filter (where period_number = 1) as week_1,
    max(retention_cohorts.retained_count) filter (where period_number = 2) as week_2,
    max(retention_cohorts.retained_count) filter (where period_number = 3) as week_3,
    max(retention_cohorts.retained_count) filter (where period_number = 4) as week_4,
    max(retention_cohorts.retained_count) filter (where period_number = 5) as week_5,
    max(retention_cohorts.retained_count) filter (where period_number = 6) as week_6,
    max(retention_cohorts.retained_count) filter (where period_number = 7) as week_7,
    max(retention_cohorts.retained_count) filter (where period_number = 8) as week_8
from retention_cohorts
group by retention_cohorts.cohort_start
order by retention_cohorts.cohort_start
