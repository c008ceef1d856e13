with retention_cohorts as (
    select * from {{ ref('retention_cohorts') }}
),

retention_definitions as (
    select * from {{ ref('retention_definitions') }}
    where value_property is not null
),

members as (
    select
        *,
        {{ each_of("'(all)'", 'breakdown_value') }} as counted_for
    from {{ ref('retention_members') }}
),

retention_member_values as (
    select * from {{ ref('retention_member_values') }}
),

added_up as (
    select
        members.retention,
        members.cohort_start,
        members.counted_for,
        retention_member_values.period_number,
        count(*) as valued_count,
        sum(retention_member_values.cumulative_value) as cumulative_value
    from members
    inner join retention_member_values
        on
            members.retention = retention_member_values.retention
            and members.cohort_start = retention_member_values.cohort_start
            and members.unit_id = retention_member_values.unit_id
    where members.counted_for is not null
    group by
        members.retention, members.cohort_start, members.counted_for,
        retention_member_values.period_number
)

select
    retention_cohorts.retention,
    retention_cohorts.cohort_start,
    retention_cohorts.breakdown_value,
    retention_cohorts.is_total,
    retention_cohorts.period_number,
    retention_cohorts.cohort_size,
    coalesce(added_up.valued_count, 0) as valued_count,
    cast(coalesce(added_up.cumulative_value, 0) as double) as cumulative_value,
    cast(coalesce(added_up.cumulative_value, 0) as double)
    / retention_cohorts.cohort_size as cumulative_value_per_person,
    retention_cohorts.is_complete
from retention_cohorts
inner join retention_definitions
    on retention_cohorts.retention = retention_definitions.retention
left join added_up
    on
        retention_cohorts.retention = added_up.retention
        and retention_cohorts.cohort_start = added_up.cohort_start
        and retention_cohorts.breakdown_value = added_up.counted_for
        and retention_cohorts.period_number = added_up.period_number
