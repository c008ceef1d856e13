{{ config(meta={'follows': 'people'}) }}

with retention_definitions as (
    select distinct
        return_event,
        unit
    from {{ ref('retention_definitions') }}
),

retention_unit_days as (
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
inner join retention_definitions
    on
        unit_days.event = retention_definitions.return_event
        and unit_days.unit = retention_definitions.unit
cross join period_types
group by all
