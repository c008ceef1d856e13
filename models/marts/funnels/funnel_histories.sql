{{ config(meta=funnels_follow_people()) }}

with funnel_entries as (
    select * from {{ ref('funnel_entries') }}
),

plain_attempts as (
    select * from {{ ref('funnel_plain_attempts') }}
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

    select
        plain_attempts.funnel,
        plain_attempts.person_id,
        plain_attempts.holder_id,
        plain_attempts.held_value,
        plain_attempts.breakdown_value,
        plain_attempts.history_key
    from plain_attempts
)

-- What counts once is a person, session or group, with the value of a held property.
select
    histories.*,
    case
        when histories.held_value is null
            then coalesce(histories.holder_id, histories.person_id)
        -- With the line doubled no other id and value are written alike.
        else concat(
            replace(coalesce(histories.holder_id, histories.person_id), '|', '||'),
            ' | ', histories.held_value
        )
    end as unit_id,
    funnel_definitions.reentry_rule,
    funnel_definitions.exclusion_rule,
    funnel_definitions.trend_period
from histories
inner join funnel_definitions
    on histories.funnel = funnel_definitions.funnel
