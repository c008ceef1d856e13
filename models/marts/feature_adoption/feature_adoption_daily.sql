with feature_list as (
    select * from {{ ref('feature_list') }}
),

feature_use_days as (
    select * from {{ ref('feature_use_days') }}
),

feature_adopters as (
    select * from {{ ref('feature_adopters') }}
),

feature_audiences as (
    select * from {{ ref('feature_audiences') }}
),

feature_active_days as (
    select * from {{ ref('feature_active_days') }}
),

bounds as (
    select
        {{ local_day('first_event_at') }} as first_date,
        {{ local_day('last_event_at') }} as last_date
    from {{ ref('data_bounds') }}
),

day_numbers as (
    select
        bounds.first_date,
        {{ numbers_up_to(0, days_between('bounds.first_date', 'bounds.last_date')) }}
            as day_number
    from bounds
    where bounds.first_date is not null
),

days as (
    select
        {{ add_periods('day_numbers.first_date', "'day'", 'day_numbers.day_number') }}
            as activity_date
    from day_numbers
),

active as (
    select
        feature_audiences.audience,
        feature_active_days.activity_date,
        count(*) as active_people
    from feature_audiences
    inner join feature_active_days
        on feature_audiences.person_id = feature_active_days.person_id
    group by feature_audiences.audience, feature_active_days.activity_date
),

used as (
    select
        feature_use_days.feature,
        feature_use_days.activity_date,
        count(*) as people_count,
        cast(sum(feature_use_days.use_count) as bigint) as use_count
    from feature_use_days
    inner join feature_adopters
        on
            feature_use_days.feature = feature_adopters.feature
            and feature_use_days.person_id = feature_adopters.person_id
    group by feature_use_days.feature, feature_use_days.activity_date
),

adopted as (
    select
        feature_adopters.feature,
        {{ local_day('feature_adopters.first_used_at') }} as activity_date,
        count(*) as new_adopters
    from feature_adopters
    group by all
),

every_day as (
    select
        feature_list.feature,
        days.activity_date,
        coalesce(used.people_count, 0) as people_count,
        coalesce(used.use_count, 0) as use_count,
        coalesce(adopted.new_adopters, 0) as new_adopters,
        coalesce(active.active_people, 0) as active_people
    from feature_list
    cross join days
    left join active
        on
            feature_list.audience = active.audience
            and days.activity_date = active.activity_date
    left join used
        on
            feature_list.feature = used.feature
            and days.activity_date = used.activity_date
    left join adopted
        on
            feature_list.feature = adopted.feature
            and days.activity_date = adopted.activity_date
)

select
    every_day.feature,
    every_day.activity_date,
    every_day.people_count,
    every_day.use_count,
    every_day.new_adopters,
    cast(sum(every_day.new_adopters) over (
        partition by every_day.feature
        order by every_day.activity_date
        rows unbounded preceding
    ) as bigint) as adopters_so_far,
    every_day.active_people,
    every_day.people_count / nullif(every_day.active_people, 0) as adoption_rate,
    {{ wilson_low('every_day.people_count', 'every_day.active_people') }} as rate_low,
    {{ wilson_high('every_day.people_count', 'every_day.active_people') }} as rate_high
from every_day
