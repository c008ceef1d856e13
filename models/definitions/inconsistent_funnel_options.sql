with definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
),

funnels as (
    select
        definition_rows.row_number,
        {{ cell('funnel', 'definition_rows') }} as funnel,
        {{ cell('unit', 'definition_rows') }} as unit,
        {{ cell('order_rule', 'definition_rows') }} = 'unordered' as is_unordered,
        {{ cell('grace_seconds', 'definition_rows') }} as grace_seconds,
        {{ cell('breakdown_rule', 'definition_rows') }} as breakdown_rule,
        {{ cell('has_drivers', 'definition_rows') }} as has_drivers
    from definition_rows
    where definition_rows.file = 'funnels'
),

funnel_steps as (
    select
        definition_rows.row_number,
        {{ cell('funnel', 'definition_rows') }} as funnel,
        {{ cell('role', 'definition_rows') }} as role,
        {{ cell('event', 'definition_rows') }} as event,
        {{ cell('step', 'definition_rows') }} as step,
        {{ cell('after_step', 'definition_rows') }} as after_step,
        {{ cell('before_step', 'definition_rows') }} as before_step,
        count(
            case when {{ cell('role', 'definition_rows') }} <> 'exclusion' then 1 end
        ) over (
            partition by
                {{ cell('funnel', 'definition_rows') }},
                {{ defined_name(cell('event', 'definition_rows')) }}
        ) as naming_count
    from definition_rows
    where definition_rows.file = 'funnel_steps'
),

-- What an option needs, and what it cannot have beside it.
requirements as (
    select
        'funnels' as file,
        funnels.row_number,
        'grace_seconds' as column_name,
        funnels.grace_seconds as value,
        try_cast(funnels.grace_seconds as double) < 0
        or (funnels.is_unordered and try_cast(funnels.grace_seconds as double) > 0)
            as is_broken,
        'expected a number of at least 0, and 0 where the steps have no order' as fault
    from funnels

    union all

    select
        'funnels' as file,
        funnels.row_number,
        'breakdown_rule' as column_name,
        funnels.breakdown_rule as value,
        funnels.breakdown_rule not in ('first_touch', 'last_touch', 'every_step')
        and required_steps.step is null as is_broken,
        'expected first_touch or last_touch or every_step, or step_ and the number of a'
        || ' required step such as step_2' as fault
    from funnels
    left join funnel_steps as required_steps
        on
            funnels.funnel = required_steps.funnel
            and required_steps.role = 'required'
            and funnels.breakdown_rule = concat('step_', required_steps.step)

    union all

    select
        'funnels' as file,
        funnels.row_number,
        'has_drivers' as column_name,
        funnels.has_drivers as value,
        funnels.has_drivers = 'true' and funnels.unit not in ('person', 'session')
            as is_broken,
        'expected false, as drivers are of people and sessions' as fault
    from funnels

    union all

    select
        'funnel_steps' as file,
        funnel_steps.row_number,
        'role' as column_name,
        funnel_steps.role as value,
        funnel_steps.role = 'optional'
        and (funnels.is_unordered or try_cast(funnel_steps.step as double) = 1)
            as is_broken,
        'expected required, as the first step of a funnel and those without an order'
        || ' are' as fault
    from funnel_steps
    inner join funnels
        on funnel_steps.funnel = funnels.funnel

    union all

    select
        'funnel_steps' as file,
        funnel_steps.row_number,
        'event' as column_name,
        funnel_steps.event as value,
        funnel_steps.role = 'optional'
        and (funnel_steps.event = '*' or funnel_steps.naming_count > 1) as is_broken,
        'expected an event that no other step names, as the step is optional' as fault
    from funnel_steps

    union all

    select
        'funnel_steps' as file,
        funnel_steps.row_number,
        'after_step' as column_name,
        concat_ws('', funnel_steps.after_step, '-', funnel_steps.before_step)
            as value,
        funnels.is_unordered
        and coalesce(funnel_steps.after_step, funnel_steps.before_step) is not null
            as is_broken,
        'expected nothing here and in before_step, as the steps of the funnel have no'
        || ' order' as fault
    from funnel_steps
    inner join funnels
        on funnel_steps.funnel = funnels.funnel
)

select
    requirements.file,
    requirements.row_number,
    requirements.column_name,
    requirements.value,
    requirements.fault
from requirements
where requirements.is_broken
