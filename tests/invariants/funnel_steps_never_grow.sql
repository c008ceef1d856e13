-- A step is reached by no more than the step before it, and whoever is missing
-- dropped off there.
with steps as (
    select
        funnel_conversion.*,
        lag(funnel_conversion.people_count) over (
            partition by
                funnel_conversion.funnel, funnel_conversion.breakdown_value,
                funnel_conversion.is_total
            order by funnel_conversion.step
        ) as previous_count
    from {{ ref('funnel_conversion') }} as funnel_conversion
)

select *
from steps
where
    steps.people_count > steps.previous_count
    or steps.drop_off_count
    <> coalesce(steps.previous_count - steps.people_count, 0)
    or steps.people_count < 0
