with definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
),

funnel_steps as (
    select
        definition_rows.row_number,
        {{ cell('funnel', 'definition_rows') }} as funnel,
        {{ cell('role', 'definition_rows') }} as role,
        try_cast({{ cell('step', 'definition_rows') }} as integer) as step,
        try_cast({{ cell('after_step', 'definition_rows') }} as integer) as after_step,
        try_cast({{ cell('before_step', 'definition_rows') }} as integer) as before_step
    from definition_rows
    where definition_rows.file = 'funnel_steps'
),

numbered_steps as (
    select
        funnel_steps.*,
        row_number() over (
            partition by funnel_steps.funnel
            order by funnel_steps.step, funnel_steps.row_number
        ) as expected_step
    from funnel_steps
    where funnel_steps.role = 'required'
),

step_counts as (
    select
        numbered_steps.funnel,
        count(*) as step_count
    from numbered_steps
    group by numbered_steps.funnel
),

funnels as (
    select
        definition_rows.row_number,
        {{ cell('funnel', 'definition_rows') }} as funnel
    from definition_rows
    where definition_rows.file = 'funnels'
)

select
    'funnel_steps' as file,
    numbered_steps.row_number,
    'step' as column_name,
    cast(numbered_steps.step as varchar) as value,
    concat(
        'expected ', cast(numbered_steps.expected_step as varchar),
        ', as the steps of a funnel are numbered 1, 2, 3 ...'
    ) as fault
from numbered_steps
where numbered_steps.step is distinct from numbered_steps.expected_step

union all

select
    'funnels' as file,
    funnels.row_number,
    'funnel' as column_name,
    funnels.funnel as value,
    'expected at least two steps in funnel_steps.csv' as fault
from funnels
left join step_counts
    on funnels.funnel = step_counts.funnel
where coalesce(step_counts.step_count, 0) < 2

union all

select
    'funnel_steps' as file,
    funnel_steps.row_number,
    'before_step' as column_name,
    cast(funnel_steps.before_step as varchar) as value,
    'expected a later step than after_step, and both to be steps of the funnel' as fault
from funnel_steps
inner join step_counts
    on funnel_steps.funnel = step_counts.funnel
where
    funnel_steps.role = 'exclusion'
    and (
        coalesce(funnel_steps.after_step, 1)
        >= coalesce(funnel_steps.before_step, step_counts.step_count)
        or coalesce(funnel_steps.before_step, 1) > step_counts.step_count
    )
