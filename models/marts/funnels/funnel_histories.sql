{{ config(meta=funnels_follow_people()) }}

with funnel_entries as (
    select * from {{ ref('funnel_entries') }}
),

funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

histories as (
    select distinct
        funnel_entries.funnel,
        funnel_entries.holder_id,
        funnel_entries.unit_id,
        funnel_entries.person_id,
        funnel_entries.breakdown_value,
        funnel_entries.history_key
    from funnel_entries
)

select
    histories.*,
    funnel_definitions.reentry_rule,
    funnel_definitions.exclusion_rule,
    funnel_definitions.trend_period
from histories
inner join funnel_definitions
    on histories.funnel = funnel_definitions.funnel
