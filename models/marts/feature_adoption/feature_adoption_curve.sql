with feature_list as (
    select * from {{ ref('feature_list') }}
),

feature_audiences as (
    select * from {{ ref('feature_audiences') }}
    where
        since_at is not null
        and not is_first_seen_in_warmup
),

feature_adopters as (
    select * from {{ ref('feature_adopters') }}
    where
        since_at is not null
        and not is_first_seen_in_warmup
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

day_numbers as (
    select {{ numbers_up_to(0, 90) }} as day_number
),

-- How many whole days of each person's time are over; up to then they are observed.
observed as (
    select
        feature_audiences.audience,
        cast(floor({{ seconds_between(
            'feature_audiences.since_at', 'data_bounds.as_of'
        ) }} / 86400) as bigint) as observed_days,
        count(*) as people_count
    from feature_audiences
    cross join data_bounds
    group by all
),

everybody as (
    select
        observed.audience,
        sum(observed.people_count) as people_count
    from observed
    group by observed.audience
),

eligible as (
    select
        observed.audience,
        day_numbers.day_number,
        cast(sum(observed.people_count) as bigint) as people_count
    from observed
    inner join day_numbers
        on observed.observed_days > day_numbers.day_number
    group by observed.audience, day_numbers.day_number
),

adopted as (
    select
        feature_adopters.feature,
        cast(floor(coalesce(feature_adopters.seconds_to_adopt, 0) / 86400) as bigint)
            as adopted_day,
        cast(floor({{ seconds_between(
            'feature_adopters.since_at', 'data_bounds.as_of'
        ) }} / 86400) as bigint) as observed_days,
        count(*) as adopters
    from feature_adopters
    cross join data_bounds
    group by all
),

counted as (
    select
        adopted.feature,
        day_numbers.day_number,
        cast(sum(adopted.adopters) as bigint) as adopters
    from adopted
    inner join day_numbers
        on
            adopted.adopted_day <= day_numbers.day_number
            and adopted.observed_days > day_numbers.day_number
    group by adopted.feature, day_numbers.day_number
)

select
    feature_list.feature,
    cast(eligible.day_number as integer) as day_number,
    eligible.people_count,
    coalesce(counted.adopters, 0) as adopters,
    coalesce(counted.adopters, 0) / eligible.people_count as adoption_rate,
    {{ wilson_low('coalesce(counted.adopters, 0)', 'eligible.people_count') }}
        as rate_low,
    {{ wilson_high('coalesce(counted.adopters, 0)', 'eligible.people_count') }}
        as rate_high,
    eligible.people_count = everybody.people_count as is_complete
from feature_list
inner join eligible
    on feature_list.audience = eligible.audience
inner join everybody
    on feature_list.audience = everybody.audience
left join counted
    on
        feature_list.feature = counted.feature
        and eligible.day_number = counted.day_number
