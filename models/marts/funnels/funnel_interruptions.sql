{{ config(meta=funnels_follow_people()) }}

with funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
    where order_rule = 'strict'
),

step_events as (
    select * from {{ ref('funnel_step_events') }}
    where funnel in (select funnel_definitions.funnel from funnel_definitions)
),

session_events as (
    select * from {{ ref('session_events') }}
    where
        is_interaction
        and exists (select 1 from funnel_definitions)
),

event_groups as (
    select * from {{ ref('event_groups') }}
    where group_type in (select funnel_definitions.unit from funnel_definitions)
),

histories as (
    select distinct
        step_events.history_key,
        coalesce(step_events.holder_id, step_events.person_id) as holder_id,
        step_events.person_id,
        funnel_definitions.unit
    from step_events
    inner join funnel_definitions
        on step_events.funnel = funnel_definitions.funnel
),

events_of_holders as (
    select
        'person' as unit,
        session_events.person_id as holder_id,
        session_events.event_key,
        session_events.occurred_at
    from session_events

    union all

    select
        'session' as unit,
        session_events.session_id as holder_id,
        session_events.event_key,
        session_events.occurred_at
    from session_events

    union all

    select
        event_groups.group_type as unit,
        event_groups.group_id as holder_id,
        session_events.event_key,
        session_events.occurred_at
    from session_events
    inner join event_groups
        on session_events.event_key = event_groups.event_key
),

optional_events as (
    select distinct
        history_key,
        match_key as event_key
    from step_events
    where role = 'optional'
)

-- Whatever else the holder did lies between, but for optional steps; what fills a step
-- counts also where it is no interaction.
select
    histories.history_key,
    histories.person_id,
    events_of_holders.occurred_at
from histories
inner join events_of_holders
    on
        histories.unit = events_of_holders.unit
        and histories.holder_id = events_of_holders.holder_id
left join optional_events
    on
        histories.history_key = optional_events.history_key
        and events_of_holders.event_key = optional_events.event_key
where optional_events.event_key is null

union

select
    step_events.history_key,
    step_events.person_id,
    step_events.occurred_at
from step_events
where step_events.role = 'required'
