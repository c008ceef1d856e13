with retention_stickiness as (
    select * from {{ ref('retention_stickiness') }}
    where
        retention = 'weekly_activity'
        and period_type = 'week'
        and is_complete
)

-- Over all complete weeks, each weighing as much as it has people.
select
    retention_stickiness.active_days,
    cast(sum(retention_stickiness.people_count) as bigint) as person_weeks,
    round(
        sum(retention_stickiness.at_least_count)
        / sum(retention_stickiness.active_people), 3
    ) as at_least_rate
from retention_stickiness
group by retention_stickiness.active_days
order by retention_stickiness.active_days
