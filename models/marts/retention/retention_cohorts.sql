with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

retention_members as (
    select * from {{ ref('retention_members') }}
),

retention_returns as (
    select * from {{ ref('retention_returns') }}
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

members as (
    select
        retention_members.*,
        '(all)' as counted_for
    from retention_members

    union all

    select
        retention_members.*,
        retention_members.breakdown_value as counted_for
    from retention_members
    where retention_members.breakdown_value is not null
),

cohorts as (
    select
        members.retention,
        members.cohort_start,
        members.counted_for,
        count(*) as cohort_size,
        max(members.entered_at) as last_entered_at
    from members
    group by members.retention, members.cohort_start, members.counted_for
),

periods as (
    select
        cohorts.*,
        retention_definitions.period,
        retention_definitions.period_seconds,
        retention_definitions.clock,
        {{ numbers_up_to(0, 'retention_definitions.period_count') }} as period_number
    from cohorts
    inner join retention_definitions
        on cohorts.retention = retention_definitions.retention
),

retained as (
    select
        periods.retention,
        periods.cohort_start,
        periods.counted_for,
        periods.period_number,
        count(*) as retained_count
    from periods
    inner join members
        on
            periods.retention = members.retention
            and periods.cohort_start = members.cohort_start
            and periods.counted_for = members.counted_for
    inner join retention_returns
        on
            members.retention = retention_returns.retention
            and members.cohort_start = retention_returns.cohort_start
            and members.person_id = retention_returns.person_id
            and periods.period_number >= retention_returns.first_period_number
            and periods.period_number <= retention_returns.last_period_number
    group by all
),

-- Period 0 is the cohort itself, whether or not it returned within it.
counted as (
    select
        periods.*,
        case
            when periods.period_number = 0 then periods.cohort_size
            else coalesce(retained.retained_count, 0)
        end as retained_count
    from periods
    left join retained
        on
            periods.retention = retained.retention
            and periods.cohort_start = retained.cohort_start
            and periods.counted_for = retained.counted_for
            and periods.period_number = retained.period_number
)

select
    counted.retention,
    counted.cohort_start,
    counted.counted_for as breakdown_value,
    counted.counted_for = '(all)' as is_total,
    cast(counted.period_number as integer) as period_number,
    counted.cohort_size,
    counted.retained_count,
    counted.retained_count / counted.cohort_size as retention_rate,
    {{ wilson_low('counted.retained_count', 'counted.cohort_size') }} as rate_low,
    {{ wilson_high('counted.retained_count', 'counted.cohort_size') }} as rate_high,
    case counted.clock
        when 'calendar'
            then
                {{ local_time('data_bounds.as_of') }}
                >= {{ add_periods(
                'counted.cohort_start', 'counted.period', 'counted.period_number + 1'
            ) }}
        else
            {{ local_time('data_bounds.as_of') }}
            >= {{ add_periods('counted.cohort_start', 'counted.period', '1') }}
            and {{ seconds_between('counted.last_entered_at', 'data_bounds.as_of') }}
            >= (counted.period_number + 1) * counted.period_seconds
    end as is_complete
from counted
cross join data_bounds
