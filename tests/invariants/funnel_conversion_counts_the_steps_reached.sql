-- Every count of a funnel is that of the units which can be looked up behind it.
with reached as (
    select
        funnel_steps_reached.funnel,
        funnel_steps_reached.breakdown_value,
        funnel_steps_reached.is_total,
        funnel_steps_reached.step,
        count(*) as people_count
    from {{ ref('funnel_steps_reached') }} as funnel_steps_reached
    group by all
)

select
    funnel_conversion.funnel,
    funnel_conversion.breakdown_value,
    funnel_conversion.is_total,
    funnel_conversion.step,
    funnel_conversion.people_count,
    reached.people_count as reached_count
from {{ ref('funnel_conversion') }} as funnel_conversion
full outer join reached
    on
        funnel_conversion.funnel = reached.funnel
        and funnel_conversion.breakdown_value = reached.breakdown_value
        and funnel_conversion.is_total = reached.is_total
        and funnel_conversion.step = reached.step
where funnel_conversion.people_count is distinct from coalesce(reached.people_count, 0)
