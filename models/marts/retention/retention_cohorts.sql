with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

retention_periods as (
    select * from {{ ref('retention_periods') }}
),

retention_returns as (
    select * from {{ ref('retention_returns') }}
),

members as (
    select
        *,
        {{ each_of("'(all)'", 'breakdown_value') }} as counted_for
    from {{ ref('retention_members') }}
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

cohorts as (
    select
        members.retention,
        members.cohort_start,
        members.counted_for,
        count(*) as cohort_size,
        max(members.entered_at) as last_entered_at
    from members
    where members.counted_for is not null
    group by members.retention, members.cohort_start, members.counted_for
),

returned as (
    select
        members.retention,
        members.cohort_start,
        members.counted_for,
        retention_returns.return_number,
        count(*) as unit_count
    from members
    inner join retention_returns
        on
            members.retention = retention_returns.retention
            and members.cohort_start = retention_returns.cohort_start
            and members.unit_id = retention_returns.unit_id
    where members.counted_for is not null
    group by
        members.retention, members.cohort_start, members.counted_for,
        retention_returns.return_number
),

periods as (
    select
        cohorts.*,
        retention_definitions.period,
        retention_definitions.period_seconds,
        retention_definitions.clock,
        retention_definitions.return_rule,
        retention_periods.period_number,
        retention_periods.first_elapsed,
        retention_periods.last_elapsed
    from cohorts
    inner join retention_definitions
        on cohorts.retention = retention_definitions.retention
    inner join retention_periods
        on cohorts.retention = retention_periods.retention
),

summed as (
    select
        periods.*,
        cast(coalesce(sum(returned.unit_count), 0) as bigint) as returned_count
    from periods
    left join returned
        on
            periods.retention = returned.retention
            and periods.cohort_start = returned.cohort_start
            and periods.counted_for = returned.counted_for
            and case periods.return_rule
                when 'on' then periods.period_number = returned.return_number
                when 'on_or_after' then periods.first_elapsed <= returned.return_number
                else periods.last_elapsed >= returned.return_number
            end
    group by all
),

-- Period 0 is the cohort itself, whether or not it returned within it.
counted as (
    select
        summed.*,
        case
            when summed.period_number = 0 then summed.cohort_size
            else summed.returned_count
        end as retained_count
    from summed
)

select
    counted.retention,
    counted.cohort_start,
    counted.counted_for as breakdown_value,
    counted.counted_for = '(all)' as is_total,
    counted.period_number,
    counted.cohort_size,
    counted.retained_count,
    counted.retained_count / counted.cohort_size as retention_rate,
    {{ wilson_low('counted.retained_count', 'counted.cohort_size') }} as rate_low,
    {{ wilson_high('counted.retained_count', 'counted.cohort_size') }} as rate_high,
    {{ is_period_over('counted', 'counted.last_elapsed') }} as is_complete
from counted
cross join data_bounds
