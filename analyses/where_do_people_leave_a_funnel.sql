with funnel_conversion as (
    select * from {{ ref('funnel_conversion') }}
)

select
    funnel_conversion.step,
    funnel_conversion.step_name,
    funnel_conversion.people_count,
    funnel_conversion.drop_off_count,
    round(funnel_conversion.conversion_rate, 3) as conversion_rate,
    round(funnel_conversion.rate_low, 3) as rate_low,
    round(funnel_conversion.rate_high, 3) as rate_high,
    round(funnel_conversion.median_seconds_from_previous) as median_seconds
from funnel_conversion
where
    funnel_conversion.funnel = 'purchase'
    and funnel_conversion.is_total
order by funnel_conversion.step
