-- A curve's period is made of the cohorts for which it is complete, and of them all.
with complete as (
    select
        retention,
        breakdown_value,
        is_total,
        period_number,
        sum(cohort_size) as cohort_size,
        sum(retained_count) as retained_count
    from {{ ref('retention_cohorts') }}
    where is_complete
    group by all
)

select
    complete.*,
    retention_curves.cohort_size as curve_size,
    retention_curves.retained_count as curve_count,
    retention_curves.retention_rate as curve_rate
from complete
full outer join {{ ref('retention_curves') }} as retention_curves
    on
        complete.retention = retention_curves.retention
        and complete.breakdown_value = retention_curves.breakdown_value
        and complete.is_total = retention_curves.is_total
        and complete.period_number = retention_curves.period_number
where
    complete.cohort_size is distinct from retention_curves.cohort_size
    or complete.retained_count is distinct from retention_curves.retained_count
    or (abs(
        retention_curves.retention_rate - complete.retained_count / complete.cohort_size
    ) < 1e-9) is not true
