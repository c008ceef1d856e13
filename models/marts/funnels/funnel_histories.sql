{{ config(meta=funnels_follow_people()) }}

with histories as (
    select distinct
        funnel_entries.funnel,
        funnel_entries.person_id,
        funnel_entries.holder_id,
        funnel_entries.held_value,
        funnel_entries.breakdown_value,
        funnel_entries.history_key
    from {{ ref('funnel_entries') }} as funnel_entries
),

funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
)

select
    histories.funnel,
    histories.person_id,
    histories.holder_id,
    histories.breakdown_value,
    histories.history_key,
    {{ funnel_unit(
        'histories.holder_id', 'histories.person_id', 'histories.held_value'
    ) }} as unit_id,
    funnel_definitions.reentry_rule,
    funnel_definitions.exclusion_rule,
    funnel_definitions.trend_period
from histories
inner join funnel_definitions
    on histories.funnel = funnel_definitions.funnel
