with feature_list as (
    select * from {{ ref('feature_list') }}
),

broken_down as (
    select distinct
        audience,
        breakdown_property
    from {{ ref('feature_definitions') }}
    where breakdown_property is not null
),

feature_audiences as (
    select * from {{ ref('feature_audiences') }}
    where breakdown_value is not null
),

feature_adopters as (
    select * from {{ ref('feature_adopters') }}
    where breakdown_value is not null
),

-- Each person stands under their value, and under (all).
breakdown_values as (
    select
        feature_audiences.audience,
        feature_audiences.breakdown_value,
        count(*) as active_people
    from feature_audiences
    group by feature_audiences.audience, feature_audiences.breakdown_value

    union all

    select
        feature_audiences.audience,
        '(all)' as breakdown_value,
        count(*) as active_people
    from feature_audiences
    group by feature_audiences.audience
),

adopted as (
    select
        feature_adopters.feature,
        feature_adopters.breakdown_value,
        count(*) as adopters,
        cast(sum(feature_adopters.use_count) as bigint) as use_count
    from feature_adopters
    group by feature_adopters.feature, feature_adopters.breakdown_value

    union all

    select
        feature_adopters.feature,
        '(all)' as breakdown_value,
        count(*) as adopters,
        cast(sum(feature_adopters.use_count) as bigint) as use_count
    from feature_adopters
    group by feature_adopters.feature
),

counted as (
    select
        feature_list.feature,
        broken_down.breakdown_property,
        breakdown_values.breakdown_value,
        breakdown_values.active_people,
        coalesce(adopted.adopters, 0) as adopters,
        coalesce(adopted.use_count, 0) as use_count
    from feature_list
    inner join broken_down
        on feature_list.audience = broken_down.audience
    inner join breakdown_values
        on feature_list.audience = breakdown_values.audience
    left join adopted
        on
            feature_list.feature = adopted.feature
            and breakdown_values.breakdown_value = adopted.breakdown_value
)

select
    counted.feature,
    counted.breakdown_property,
    counted.breakdown_value,
    counted.breakdown_value = '(all)' as is_total,
    counted.active_people,
    counted.adopters,
    counted.adopters / counted.active_people as adoption_rate,
    {{ wilson_low('counted.adopters', 'counted.active_people') }} as rate_low,
    {{ wilson_high('counted.adopters', 'counted.active_people') }} as rate_high,
    counted.use_count,
    counted.use_count / nullif(counted.adopters, 0) as mean_uses_per_adopter
from counted
