{{ config(materialized='view') }}

with plain_steps as (
    select
        pairs.funnel,
        pairs.step,
        pairs.is_direct,
        funnel_step_definitions.event,
        funnel_definitions.unit
    from {{ ref('funnel_step_pairs') }} as pairs
    inner join {{ ref('funnel_step_definitions') }} as funnel_step_definitions
        on
            pairs.funnel = funnel_step_definitions.funnel
            and pairs.step = funnel_step_definitions.step
    inner join {{ ref('funnel_definitions') }} as funnel_definitions
        on pairs.funnel = funnel_definitions.funnel
    where
        pairs.is_plain
        and funnel_step_definitions.role = 'required'
),

direct as (
    select
        plain_steps.funnel,
        matched_events.person_id,
        case when plain_steps.unit = 'session' then matched_events.session_id end
            as holder_id,
        cast(null as string) as held_value,
        '(all)' as breakdown_value,
        plain_steps.step,
        matched_events.occurred_at
    from {{ ref('matched_events') }} as matched_events
    inner join plain_steps
        on matched_events.event = plain_steps.event
    where
        plain_steps.is_direct
        and (plain_steps.unit = 'person' or matched_events.session_id is not null)
)

select
    direct.funnel,
    direct.person_id,
    direct.holder_id,
    direct.held_value,
    direct.breakdown_value,
    {{ hash_key(
        hash_key('direct.funnel', 'direct.breakdown_value'),
        hash_key('coalesce(direct.holder_id, direct.person_id)', 'direct.held_value')
    ) }} as history_key,
    direct.step,
    direct.occurred_at
from direct

union all

select
    step_events.funnel,
    step_events.person_id,
    step_events.holder_id,
    step_events.held_value,
    step_events.breakdown_value,
    step_events.history_key,
    step_events.step,
    step_events.occurred_at
from {{ ref('funnel_step_events') }} as step_events
inner join plain_steps
    on
        step_events.funnel = plain_steps.funnel
        and step_events.step = plain_steps.step
where
    step_events.role = 'required'
    and not plain_steps.is_direct
