with feature_list as (
    select * from {{ ref('feature_list') }}
),

feature_audiences as (
    select
        *,
        {{ local_time('since_at') }} as local_since
    from {{ ref('feature_audiences') }}
    where
        since_at is not null
        and not is_first_seen_in_warmup
),

feature_adopters as (
    select * from {{ ref('feature_adopters') }}
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

periods as (
    select 'week' as period_type

    union all

    select 'month' as period_type
),

members as (
    select
        feature_audiences.audience,
        feature_audiences.person_id,
        periods.period_type,
        {{ period_start('feature_audiences.local_since', 'periods.period_type') }}
            as cohort_start
    from feature_audiences
    cross join periods
),

cohorts as (
    select
        members.audience,
        members.period_type,
        members.cohort_start,
        count(*) as cohort_size
    from members
    group by members.audience, members.period_type, members.cohort_start
),

adopted as (
    select
        feature_adopters.feature,
        members.period_type,
        members.cohort_start,
        count(*) as adopters,
        count(*) filter (
            where coalesce(feature_adopters.seconds_to_adopt, 0) < 7 * 86400
        ) as adopters_within_7_days,
        count(*) filter (
            where coalesce(feature_adopters.seconds_to_adopt, 0) < 28 * 86400
        ) as adopters_within_28_days
    from feature_adopters
    inner join members
        on
            feature_adopters.audience = members.audience
            and feature_adopters.person_id = members.person_id
    group by feature_adopters.feature, members.period_type, members.cohort_start
),

counted as (
    select
        feature_list.feature,
        cohorts.period_type,
        cohorts.cohort_start,
        cohorts.cohort_size,
        coalesce(adopted.adopters, 0) as adopters,
        coalesce(adopted.adopters_within_7_days, 0) as adopters_within_7_days,
        coalesce(adopted.adopters_within_28_days, 0) as adopters_within_28_days,
        {{ local_time('data_bounds.as_of') }} as local_as_of,
        {{ add_periods('cohorts.cohort_start', 'cohorts.period_type', 1) }}
            as cohort_end
    from feature_list
    inner join cohorts
        on feature_list.audience = cohorts.audience
    left join adopted
        on
            feature_list.feature = adopted.feature
            and cohorts.period_type = adopted.period_type
            and cohorts.cohort_start = adopted.cohort_start
    cross join data_bounds
)

-- A share within so many days is one once they have passed for the cohort's last one.
select
    counted.feature,
    counted.period_type,
    counted.cohort_start,
    counted.cohort_size,
    counted.adopters,
    counted.adopters / counted.cohort_size as adoption_rate,
    {{ wilson_low('counted.adopters', 'counted.cohort_size') }} as rate_low,
    {{ wilson_high('counted.adopters', 'counted.cohort_size') }} as rate_high,
    case
        when
            counted.local_as_of
            >= {{ add_periods('counted.cohort_end', "'day'", 7) }}
            then counted.adopters_within_7_days / counted.cohort_size
    end as rate_within_7_days,
    case
        when
            counted.local_as_of
            >= {{ add_periods('counted.cohort_end', "'day'", 28) }}
            then counted.adopters_within_28_days / counted.cohort_size
    end as rate_within_28_days,
    counted.local_as_of >= counted.cohort_end as is_complete
from counted
