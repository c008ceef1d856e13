{{ config(group='funnels', meta={'follows': 'people'}) }}

-- An attempt reaches its required steps one by one from the first on, each no earlier
-- than the one before, and all its steps within the conversion window.
with required_steps as (
    select
        funnel_steps.*,
        row_number() over (
            partition by funnel_steps.funnel
            order by funnel_steps.step
        ) as place
    from {{ ref('funnel_step_definitions') }} as funnel_steps
    where funnel_steps.role = 'required'
),

reached as (
    select
        funnel_steps_reached.*,
        required_steps.place,
        case when required_steps.place is not null then row_number() over attempts end
            as expected_place
    from {{ ref('funnel_steps_reached') }} as funnel_steps_reached
    left join required_steps
        on
            funnel_steps_reached.funnel = required_steps.funnel
            and funnel_steps_reached.step = required_steps.step
    window attempts as (
        partition by
            funnel_steps_reached.funnel, funnel_steps_reached.breakdown_value,
            funnel_steps_reached.unit_id, funnel_steps_reached.attempt,
            required_steps.place is null
        order by funnel_steps_reached.step
    )
)

select reached.*
from reached
inner join {{ ref('funnel_definitions') }} as funnel_definitions
    on reached.funnel = funnel_definitions.funnel
where
    reached.place <> reached.expected_place
    or reached.reached_at is null
    or reached.entered_at is null
    or (reached.step = 1) <> (reached.previous_reached_at is null)
    or reached.reached_at < reached.previous_reached_at
    or reached.reached_at < reached.entered_at
    or (reached.step = 1 and reached.reached_at <> reached.entered_at)
    or {{ seconds_between('reached.entered_at', 'reached.reached_at') }}
    > funnel_definitions.window_seconds
