{{ config(group='funnels') }}

-- Where an attempt counts for itself, in every period and in the whole, the periods add
-- up; where the best of each period counts, they add up to no less.
with trends as (
    select
        funnel_trends.funnel,
        funnel_trends.breakdown_value,
        funnel_trends.step,
        sum(funnel_trends.people_count) as people_count
    from {{ ref('funnel_trends') }} as funnel_trends
    where funnel_trends.is_total
    group by
        funnel_trends.funnel, funnel_trends.breakdown_value, funnel_trends.step
)

select
    funnel_conversion.funnel,
    funnel_conversion.step,
    funnel_conversion.people_count,
    trends.people_count as trend_count
from {{ ref('funnel_conversion') }} as funnel_conversion
inner join {{ ref('funnel_definitions') }} as funnel_definitions
    on funnel_conversion.funnel = funnel_definitions.funnel
left join trends
    on
        funnel_conversion.funnel = trends.funnel
        and funnel_conversion.step = trends.step
where
    funnel_conversion.is_total
    and funnel_definitions.trend_period is not null
    and (
        coalesce(trends.people_count, 0) < funnel_conversion.people_count
        or (
            funnel_definitions.reentry_rule <> 'best_attempt'
            and coalesce(trends.people_count, 0) <> funnel_conversion.people_count
        )
    )
