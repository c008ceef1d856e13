{{ config(meta={'follows': 'people'}) }}

with retention_unit_days as (
    select * from {{ ref('retention_unit_days') }}
),

period_types as (
    select listed.period_type
    from (values ('week'), ('month')) as listed (period_type)
)

select
    unit_days.event,
    unit_days.unit,
    unit_days.unit_id,
    unit_days.person_id,
    period_types.period_type,
    {{ period_start('unit_days.activity_date', 'period_types.period_type') }}
        as period_start,
    count(*) as active_days
from retention_unit_days as unit_days
cross join period_types
group by all
