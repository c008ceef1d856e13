with path_visits as (
    select * from {{ ref('path_visits') }}
),

-- How often one path comes to one item, and how long that takes in all.
visited as (
    select
        path_visits.path_report,
        path_visits.unit_key,
        path_visits.item,
        min(path_visits.person_id) as person_id,
        count(*) as visit_count,
        count(*) filter (where path_visits.is_left_and_back) as left_and_back_count,
        {{ seconds_between(
            'min(path_visits.occurred_at)', 'max(path_visits.occurred_at)'
        ) }} as seconds
    from path_visits
    group by path_visits.path_report, path_visits.unit_key, path_visits.item
),

counted as (
    select
        visited.path_report,
        visited.item,
        cast(sum(visited.visit_count) as bigint) as visit_count,
        count(*) as path_count,
        count(distinct visited.person_id) as people_count,
        count(*) filter (where visited.visit_count > 1) as returning_path_count,
        cast(sum(visited.visit_count - 1) as bigint) as return_count,
        cast(sum(visited.left_and_back_count) as bigint) as left_and_back_count,
        {{ ordered_sum("visited.seconds") }} as seconds
    from visited
    group by visited.path_report, visited.item
)

select
    counted.path_report,
    counted.item,
    counted.visit_count,
    counted.path_count,
    counted.people_count,
    counted.returning_path_count,
    counted.returning_path_count / counted.path_count as return_rate,
    {{ wilson_low('counted.returning_path_count', 'counted.path_count') }} as rate_low,
    {{ wilson_high('counted.returning_path_count', 'counted.path_count') }}
        as rate_high,
    counted.return_count,
    counted.left_and_back_count,
    counted.seconds / nullif(counted.return_count, 0) as mean_seconds_to_return
from counted
