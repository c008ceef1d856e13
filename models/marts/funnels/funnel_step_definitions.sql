with definitions as (
    select * from {{ ref('definitions') }}
),

steps as (
    select
        {{ cell('funnel') }} as funnel,
        cast({{ cell('step') }} as integer) as step,
        {{ cell('role') }} as role,
        {{ cell('event') }} as step_name,
        {{ defined_name(cell('event')) }} as event,
        cast({{ cell('after_step') }} as integer) as after_step,
        cast({{ cell('before_step') }} as integer) as before_step
    from definitions
    where definitions.file = 'funnel_steps'
)

-- An exclusion that names no steps applies between the first and the last.
select
    steps.funnel,
    steps.step,
    steps.role,
    steps.step_name,
    steps.event,
    coalesce(steps.after_step, 1) as after_step,
    coalesce(
        steps.before_step, max(steps.step) over (partition by steps.funnel)
    ) as before_step
from steps
