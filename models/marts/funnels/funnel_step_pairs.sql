{{ config(meta={'fingerprint': 'content'}) }}

with funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

steps as (
    select * from {{ ref('funnel_step_definitions') }}
    where role <> 'exclusion'
),

event_parts as (
    select * from {{ ref('event_parts') }}
),

-- Funnels in which one event could fit two steps, by what their names stand for.
overlapping_funnels as (
    select distinct earlier.funnel
    from steps as earlier
    inner join steps as later
        on
            earlier.funnel = later.funnel
            and earlier.step < later.step
    inner join event_parts as earlier_parts
        on earlier.event = earlier_parts.event
    inner join event_parts as later_parts
        on
            later.event = later_parts.event
            and (
                earlier_parts.event_name = later_parts.event_name
                or '*' in (earlier_parts.event_name, later_parts.event_name)
            )
),

-- Funnels of which one attempt of each unit can be told without following the others.
plain_funnels as (
    select
        funnel_definitions.funnel,
        funnel_definitions.unit in ('person', 'session')
        and coalesce(
            funnel_definitions.held_property, funnel_definitions.breakdown_property,
            funnel_definitions.cohort
        ) is null
        and (select count(distinct steps.event) from steps) < 1024 as is_direct
    from funnel_definitions
    left join overlapping_funnels
        on funnel_definitions.funnel = overlapping_funnels.funnel
    where
        overlapping_funnels.funnel is null
        and funnel_definitions.order_rule = 'ordered'
        and funnel_definitions.reentry_rule <> 'every_attempt'
        and funnel_definitions.entry_rule = 'any'
        and funnel_definitions.grace_seconds = 0
        and funnel_definitions.trend_period is null
        and funnel_definitions.funnel not in (
            select exclusions.funnel
            from {{ ref('funnel_step_definitions') }} as exclusions
            where exclusions.role = 'exclusion' or exclusions.step > 60
        )
        and funnel_definitions.funnel not in (
            select {{ cell('funnel') }}
            from {{ ref('definitions') }} as definitions
            where
                definitions.file = 'experiment_metrics'
                and {{ cell('funnel') }} is not null
        )
)

-- After a step comes the next required one; where the order does not matter, any other.
-- Whoever may fill two steps fills them in order, so that grace is for the rest.
select
    steps.funnel,
    steps.step,
    next_steps.step as next_step,
    steps.event = '*' as is_any_event,
    coalesce(next_steps.event = '*', false) as is_any_next,
    funnel_definitions.order_rule,
    overlapping_funnels.funnel is not null as is_overlapping,
    plain_funnels.funnel is not null as is_plain,
    coalesce(plain_funnels.is_direct, false) as is_direct,
    case
        when overlapping_funnels.funnel is not null then 0
        else funnel_definitions.grace_seconds
    end as grace_seconds
from steps
inner join funnel_definitions
    on steps.funnel = funnel_definitions.funnel
left join steps as next_steps
    on
        steps.funnel = next_steps.funnel
        and next_steps.role = 'required'
        and (
            steps.next_step = next_steps.step
            or (
                funnel_definitions.order_rule = 'unordered'
                and steps.step <> next_steps.step
            )
        )
left join overlapping_funnels
    on steps.funnel = overlapping_funnels.funnel
left join plain_funnels
    on steps.funnel = plain_funnels.funnel
where steps.role = 'required'
