{{ config(group='funnels') }}

-- An attempt reaches its steps one by one from the first on, each no earlier than the
-- one before, and all within the conversion window.
with reached as (
    select
        funnel_steps_reached.*,
        row_number() over attempts as expected_step,
        lag(funnel_steps_reached.reached_at, 1, funnel_steps_reached.entered_at)
            over attempts as previous_reached_at
    from {{ ref('funnel_steps_reached') }} as funnel_steps_reached
    window attempts as (
        partition by
            funnel_steps_reached.funnel, funnel_steps_reached.breakdown_value,
            funnel_steps_reached.unit_id, funnel_steps_reached.attempt
        order by funnel_steps_reached.step
    )
)

select reached.*
from reached
inner join {{ ref('funnel_definitions') }} as funnel_definitions
    on reached.funnel = funnel_definitions.funnel
where
    reached.step <> reached.expected_step
    or reached.reached_at < reached.previous_reached_at
    or (reached.step = 1 and reached.reached_at <> reached.entered_at)
    or {{ seconds_between('reached.entered_at', 'reached.reached_at') }}
    > funnel_definitions.window_seconds
