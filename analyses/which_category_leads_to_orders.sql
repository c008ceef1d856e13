with funnel_conversion as (
    select * from {{ ref('funnel_conversion') }}
    where
        funnel = 'purchase_by_category'
        and not is_total
)

-- The last step of each category, of those who looked at a product of it first.
select
    funnel_conversion.breakdown_value as category,
    max(funnel_conversion.people_count) filter (where step = 1) as viewers,
    min(funnel_conversion.people_count) as buyers,
    round(min(funnel_conversion.conversion_rate), 3) as conversion_rate,
    round(max_by(funnel_conversion.rate_low, funnel_conversion.step), 3) as rate_low,
    round(max_by(funnel_conversion.rate_high, funnel_conversion.step), 3) as rate_high
from funnel_conversion
group by funnel_conversion.breakdown_value
order by conversion_rate desc, category asc
