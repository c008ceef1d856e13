with feature_list as (
    select * from {{ ref('feature_list') }}
),

feature_adopters as (
    select * from {{ ref('feature_adopters') }}
),

counted as (
    select
        feature_adopters.feature,
        count(*) as adopters,
        cast(sum(feature_adopters.use_count) as bigint) as use_count,
        cast(sum(feature_adopters.day_count) as bigint) as day_count,
        {{ ordered_sum('feature_adopters.seconds_to_adopt') }}
        / nullif(count(feature_adopters.seconds_to_adopt), 0) as mean_seconds_to_adopt,
        percentile_cont(0.25) within group (
            order by feature_adopters.seconds_to_adopt
        ) as p25_seconds_to_adopt,
        percentile_cont(0.5) within group (
            order by feature_adopters.seconds_to_adopt
        ) as median_seconds_to_adopt,
        percentile_cont(0.75) within group (
            order by feature_adopters.seconds_to_adopt
        ) as p75_seconds_to_adopt,
        percentile_cont(0.9) within group (
            order by feature_adopters.seconds_to_adopt
        ) as p90_seconds_to_adopt,
        percentile_cont(0.5) within group (order by feature_adopters.use_count)
            as median_uses_per_adopter,
        percentile_cont(0.5) within group (order by feature_adopters.day_count)
            as median_days_per_adopter,
        count(*) filter (where feature_adopters.use_count >= 2) as repeat_users,
        count(*) filter (where feature_adopters.day_count >= 2) as repeat_day_users
    from feature_adopters
    group by feature_adopters.feature
)

select
    feature_list.feature,
    coalesce(counted.adopters, 0) as adopters,
    feature_list.active_people,
    coalesce(counted.adopters, 0) / nullif(feature_list.active_people, 0)
        as adoption_rate,
    {{ wilson_low('coalesce(counted.adopters, 0)', 'feature_list.active_people') }}
        as rate_low,
    {{ wilson_high('coalesce(counted.adopters, 0)', 'feature_list.active_people') }}
        as rate_high,
    coalesce(counted.use_count, 0) as use_count,
    counted.mean_seconds_to_adopt,
    counted.p25_seconds_to_adopt,
    counted.median_seconds_to_adopt,
    counted.p75_seconds_to_adopt,
    counted.p90_seconds_to_adopt,
    counted.use_count / counted.adopters as mean_uses_per_adopter,
    counted.median_uses_per_adopter,
    counted.day_count / counted.adopters as mean_days_per_adopter,
    counted.median_days_per_adopter,
    counted.use_count / counted.day_count as uses_per_day_of_use,
    counted.repeat_users / counted.adopters as repeat_rate,
    counted.repeat_day_users / counted.adopters as repeat_day_rate
from feature_list
left join counted
    on feature_list.feature = counted.feature
