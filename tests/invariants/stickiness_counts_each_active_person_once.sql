{{ config(group='retention') }}

-- Of the people active in a period each is counted under one number of days, and all of
-- them are active on one day at least; a number of days for each day of the period.
with added_up as (
    select
        retention,
        period_type,
        period_start,
        max(active_people) as active_people,
        sum(people_count) as people_count,
        sum(people_count * active_days) as person_days,
        sum(at_least_count) as at_least_counts,
        count(*) as row_count,
        max(active_days) as most_days
    from {{ ref('retention_stickiness') }}
    group by retention, period_type, period_start
)

select *
from added_up
where
    added_up.people_count <> added_up.active_people
    or added_up.person_days <> added_up.at_least_counts
    or added_up.row_count <> added_up.most_days
    or (added_up.period_type = 'week' and added_up.most_days <> 7)
    or (added_up.period_type = 'month' and added_up.most_days not between 28 and 31)
