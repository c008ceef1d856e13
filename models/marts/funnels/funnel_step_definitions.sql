{{ config(meta={'fingerprint': 'content'}) }}

with definitions as (
    select * from {{ ref('definitions') }}
),

funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

steps as (
    select
        {{ cell('funnel') }} as funnel,
        {{ whole_cell('step') }} as step,
        {{ cell('role') }} as role,
        {{ cell('event') }} as step_name,
        {{ defined_name(cell('event')) }} as event,
        {{ whole_cell('after_step') }} as after_step,
        {{ whole_cell('before_step') }} as before_step
    from definitions
    where definitions.file = 'funnel_steps'
),

required_steps as (
    select
        steps.funnel,
        steps.step
    from steps
    where steps.role = 'required'
),

neighbours as (
    select
        steps.funnel,
        steps.step,
        max(required_steps.step) filter (where required_steps.step < steps.step)
            as previous_step,
        min(required_steps.step) filter (where required_steps.step > steps.step)
            as next_step
    from steps
    inner join required_steps
        on steps.funnel = required_steps.funnel
    where steps.role <> 'exclusion'
    group by steps.funnel, steps.step
),

last_steps as (
    select
        required_steps.funnel,
        max(required_steps.step) as last_step
    from required_steps
    group by required_steps.funnel
)

-- An exclusion that names no steps applies between the first and the last. Where the
-- order does not matter, a step is so many of the events.
select
    steps.funnel,
    steps.step,
    steps.role,
    case
        when funnel_definitions.order_rule <> 'unordered' or steps.role = 'exclusion'
            then steps.step_name
        when steps.step = 1 then 'any 1 step'
        else concat('any ', cast(steps.step as string), ' steps')
    end as step_name,
    steps.event,
    neighbours.previous_step,
    neighbours.next_step,
    coalesce(steps.after_step, 1) as after_step,
    coalesce(steps.before_step, last_steps.last_step) as before_step
from steps
inner join funnel_definitions
    on steps.funnel = funnel_definitions.funnel
inner join last_steps
    on steps.funnel = last_steps.funnel
left join neighbours
    on
        steps.role <> 'exclusion'
        and steps.funnel = neighbours.funnel
        and steps.step = neighbours.step
