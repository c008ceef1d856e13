with definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
),

funnels as (
    select
        definition_rows.row_number,
        {{ cell('funnel', 'definition_rows') }} as funnel
    from definition_rows
    where definition_rows.file = 'funnels'
),

funnel_steps as (
    select
        definition_rows.row_number,
        {{ cell('funnel', 'definition_rows') }} as funnel,
        {{ cell('role', 'definition_rows') }} as role,
        {{ whole_cell('step', 'definition_rows') }} as step,
        {{ whole_cell('after_step', 'definition_rows') }} as after_step,
        {{ whole_cell('before_step', 'definition_rows') }} as before_step
    from definition_rows
    where definition_rows.file = 'funnel_steps'
),

steps as (
    select
        funnel_steps.*,
        row_number() over (
            partition by funnel_steps.funnel
            order by funnel_steps.step nulls last, funnel_steps.row_number
        ) as expected_step
    from funnel_steps
    where funnel_steps.role <> 'exclusion'
),

step_counts as (
    select
        steps.funnel,
        count(*) as step_count,
        max(steps.step) filter (where steps.role = 'required') as last_step
    from steps
    group by steps.funnel
),

required_steps as (
    select
        steps.funnel,
        steps.step
    from steps
    where steps.role = 'required'
),

exclusions as (
    select
        funnel_steps.*,
        coalesce(funnel_steps.after_step, 1) as starts_after,
        coalesce(funnel_steps.before_step, step_counts.last_step) as ends_before
    from funnel_steps
    inner join step_counts
        on funnel_steps.funnel = step_counts.funnel
    where funnel_steps.role = 'exclusion'
)

select
    'funnel_steps' as file,
    steps.row_number,
    'step' as column_name,
    cast(steps.step as string) as value,
    concat(
        'expected ', cast(steps.expected_step as string),
        ', as the steps of a funnel are numbered 1, 2, 3 ...'
    ) as fault
from steps
where steps.step is distinct from steps.expected_step

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
    exclusions.row_number,
    'before_step' as column_name,
    cast(exclusions.before_step as string) as value,
    'expected a later step than after_step, and both to be required steps of the funnel'
        as fault
from exclusions
left join required_steps as starts
    on
        exclusions.funnel = starts.funnel
        and exclusions.starts_after = starts.step
left join required_steps as ends
    on
        exclusions.funnel = ends.funnel
        and exclusions.ends_before = ends.step
where
    exclusions.starts_after >= exclusions.ends_before
    or starts.step is null
    or ends.step is null
