-- Whoever is counted under a breakdown value is counted once in the total, and the
-- other way round: in funnels, but where all steps must carry the value, and in the
-- cohorts of retentions.
with counted as (
    select
        concat('funnel ', funnel, ', step ', step) as counted_thing,
        is_total,
        people_count
    from {{ ref('funnel_conversion') }}
    where
        funnel not in (
            select every_step.funnel
            from {{ ref('funnel_definitions') }} as every_step
            where every_step.breakdown_rule = 'every_step'
        )

    union all

    select
        concat('size of ', retention, ' ', cohort_start, ', ', period_number)
            as counted_thing,
        is_total,
        cohort_size as people_count
    from {{ ref('retention_cohorts') }}

    union all

    select
        concat('retained of ', retention, ' ', cohort_start, ', ', period_number)
            as counted_thing,
        is_total,
        retained_count as people_count
    from {{ ref('retention_cohorts') }}
)

select
    counted.counted_thing,
    count(*) filter (where counted.is_total) as total_rows,
    sum(counted.people_count) filter (where counted.is_total) as total,
    sum(counted.people_count) filter (where not counted.is_total) as sum_of_parts
from counted
group by counted.counted_thing
having
    count(*) filter (where counted.is_total) <> 1
    or sum(counted.people_count) filter (where counted.is_total)
    <> sum(counted.people_count) filter (where not counted.is_total)
