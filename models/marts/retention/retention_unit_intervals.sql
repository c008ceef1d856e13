{{ config(meta={'follows': 'people'}) }}

with retention_unit_days as (
    select * from {{ ref('retention_unit_days') }}
),

spaced as (
    select
        unit_days.*,
        {{ periods_between("'day'", 'lag(unit_days.activity_date) over (
            partition by unit_days.event, unit_days.unit, unit_days.unit_id
            order by unit_days.activity_date
        )', 'unit_days.activity_date') }} as interval_days
    from retention_unit_days as unit_days
)

select
    spaced.event,
    spaced.unit,
    spaced.unit_id,
    spaced.person_id,
    count(*) as day_count,
    percentile_cont(0.5) within group (order by spaced.interval_days) as median_days
from spaced
group by spaced.event, spaced.unit, spaced.unit_id, spaced.person_id
