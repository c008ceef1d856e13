{{ config(meta=funnels_follow_people()) }}

with funnel_entries as (
    select * from {{ ref('funnel_entries') }}
),

plain_attempts as (
    select * from {{ ref('funnel_plain_attempts') }}
    where step = 1
),

step_events as (
    select * from {{ ref('funnel_step_events') }}
    where step = 1
),

funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

histories as (
    select distinct
        funnel_entries.funnel,
        funnel_entries.person_id,
        funnel_entries.holder_id,
        funnel_entries.held_value,
        funnel_entries.breakdown_value,
        funnel_entries.history_key
    from funnel_entries

    union all

    select distinct
        step_events.funnel,
        step_events.person_id,
        step_events.holder_id,
        step_events.held_value,
        step_events.breakdown_value,
        step_events.history_key
    from step_events
    inner join plain_attempts
        on step_events.history_key = plain_attempts.history_key
)

-- What counts once is a person, session or group, with the value of a held property.
select
    histories.*,
    concat(
        coalesce(histories.holder_id, histories.person_id),
        case when histories.held_value is not null then ' ' else '' end,
        coalesce(histories.held_value, '')
    ) as unit_id,
    funnel_definitions.reentry_rule,
    funnel_definitions.exclusion_rule,
    funnel_definitions.trend_period
from histories
inner join funnel_definitions
    on histories.funnel = funnel_definitions.funnel
