-- New adopters of all days are the feature's adopters, uses of all days its uses; every
-- feature has every day. Each adopter has one of a property's values and is in one
-- cohort of either kind; in none are people of the warm-up, and whose time never began.
with daily as (
    select
        feature,
        sum(new_adopters) as adopters,
        sum(use_count) as use_count,
        max_by(adopters_so_far, activity_date) as adopters_so_far,
        count(*) as day_count,
        {{ days_between('min(activity_date)', 'max(activity_date)') }} + 1 as day_span
    from {{ ref('feature_adoption_daily') }}
    group by feature
),

by_property as (
    select
        feature,
        sum(adopters) filter (where is_total) as adopters,
        sum(adopters) filter (where not is_total) as sum_of_adopters,
        sum(active_people) filter (where is_total) as active_people,
        sum(active_people) filter (where not is_total) as sum_of_active_people
    from {{ ref('feature_adoption_by_property') }}
    group by feature
),

by_cohort as (
    select
        feature,
        sum(adopters) filter (where period_type = 'week') as adopters_of_weeks,
        sum(adopters) filter (where period_type = 'month') as adopters_of_months
    from {{ ref('feature_adoption_by_cohort') }}
    group by feature
)

select
    feature_adoption.feature,
    feature_adoption.adopters,
    daily.adopters as new_adopters,
    by_property.sum_of_adopters,
    by_cohort.adopters_of_weeks,
    by_cohort.adopters_of_months
from {{ ref('feature_adoption') }} as feature_adoption
left join daily
    on feature_adoption.feature = daily.feature
left join by_property
    on feature_adoption.feature = by_property.feature
left join by_cohort
    on feature_adoption.feature = by_cohort.feature
where
    feature_adoption.adopters <> coalesce(daily.adopters, 0)
    or feature_adoption.adopters <> coalesce(daily.adopters_so_far, 0)
    or feature_adoption.use_count <> coalesce(daily.use_count, 0)
    or daily.day_count is distinct from daily.day_span
    or (
        daily.feature is null
        and exists (select 1 from {{ ref('feature_adoption_daily') }})
    )
    or coalesce(by_property.adopters, feature_adoption.adopters)
    <> feature_adoption.adopters
    or coalesce(by_property.active_people, feature_adoption.active_people)
    <> feature_adoption.active_people
    or by_property.adopters <> by_property.sum_of_adopters
    or by_property.active_people <> by_property.sum_of_active_people
    or by_cohort.adopters_of_weeks is distinct from by_cohort.adopters_of_months
    or by_cohort.adopters_of_weeks > feature_adoption.adopters
