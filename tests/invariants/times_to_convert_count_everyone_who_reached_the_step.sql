-- The buckets of the time to convert hold each unit of the step once.
with buckets as (
    select
        times.funnel,
        times.breakdown_value,
        times.step,
        sum(times.people_count) as people_count,
        max(times.cumulative_share) as whole
    from {{ ref('funnel_time_to_convert') }} as times
    group by times.funnel, times.breakdown_value, times.step
)

select
    funnel_conversion.funnel,
    funnel_conversion.breakdown_value,
    funnel_conversion.step,
    funnel_conversion.people_count,
    buckets.people_count as bucket_count
from {{ ref('funnel_conversion') }} as funnel_conversion
left join buckets
    on
        funnel_conversion.funnel = buckets.funnel
        and funnel_conversion.breakdown_value = buckets.breakdown_value
        and funnel_conversion.step = buckets.step
where
    funnel_conversion.step > 1
    and (
        funnel_conversion.people_count <> coalesce(buckets.people_count, 0)
        or buckets.whole <> 1
    )
