-- A step is reached by no more than the required step before it, and whoever is missing
-- dropped off there.
with steps as (
    select
        funnel_conversion.*,
        {{ last_known(
            "case
                when not funnel_conversion.is_optional
                    then funnel_conversion.people_count
            end"
        ) }} over (
            partition by
                funnel_conversion.funnel, funnel_conversion.breakdown_value,
                funnel_conversion.is_total
            order by funnel_conversion.step
            rows between unbounded preceding and 1 preceding
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
