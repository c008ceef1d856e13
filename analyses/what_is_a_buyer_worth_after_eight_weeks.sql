with retention_values as (
    select * from {{ ref('retention_values') }}
    where
        retention = 'weekly_purchase'
        and is_total
        and is_complete
)

-- Cohorts for which the week is over, each weighing as much as it has people.
select
    retention_values.period_number as weeks_later,
    cast(sum(retention_values.cohort_size) as bigint) as cohort_size,
    round(
        sum(retention_values.cumulative_value) / sum(retention_values.cohort_size), 2
    ) as revenue_per_buyer
from retention_values
group by retention_values.period_number
order by retention_values.period_number
