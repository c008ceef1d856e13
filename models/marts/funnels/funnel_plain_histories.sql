{{ config(materialized='view') }}

with plain_steps as (
    select * from {{ ref('funnel_plain_steps') }}
),

plain_funnels as (
    select
        {{ all_but('plain_steps', ['step', 'event', 'place', 'event_number']) }},
        {{ list_in_order('step', 'place') }} as steps,
        {{ places_of_numbers('event_number', 'place') }} as places,
        cast(greatest(count(*) - 1, 1) as bigint) as last_entry,
        cast(floor(60 / greatest(count(*), 2)) as bigint) as entry_bits
    from plain_steps
    group by all
),

histories as (
    select
        plain_funnels.funnel,
        unit_moments.person_id,
        unit_moments.holder_id,
        unit_moments.unit_id,
        '(all)' as breakdown_value,
        {{ history_key(
            'plain_funnels.funnel', "'(all)'", 'unit_moments.unit_id', 'null'
        ) }} as history_key,
        {{ moments_of_steps('unit_moments.moments', 'plain_funnels.places') }}
            as moments
    from {{ ref('funnel_unit_moments') }} as unit_moments
    inner join plain_funnels
        on unit_moments.unit = plain_funnels.unit
    where plain_funnels.is_direct

    union all

    select
        step_events.funnel,
        step_events.person_id,
        step_events.holder_id,
        {{ funnel_unit(
            'step_events.holder_id', 'step_events.person_id', 'step_events.held_value'
        ) }} as unit_id,
        step_events.breakdown_value,
        step_events.history_key,
        {{ sorted_list(
            moment_number('step_events.occurred_at') ~ ' * 64 + plain_steps.place'
        ) }} as moments
    from {{ ref('funnel_step_events') }} as step_events
    inner join plain_steps
        on
            step_events.funnel = plain_steps.funnel
            and step_events.step = plain_steps.step
    where
        step_events.role = 'required'
        and not plain_steps.is_direct
    group by all
)

-- An attempt opens only in the funnel's period.
select
    {{ all_but('histories', ['moments']) }},
    plain_funnels.window_length,
    plain_funnels.reentry_rule,
    plain_funnels.steps,
    plain_funnels.last_entry,
    plain_funnels.entry_bits,
    case
        when plain_funnels.is_always_open
            then {{ moments_in_order('histories.moments') }}
        else {{ moments_entered(
            moments_in_order('histories.moments'),
            'plain_funnels.opens_at', 'plain_funnels.shuts_at'
        ) }}
    end as moments
from histories
inner join plain_funnels
    on histories.funnel = plain_funnels.funnel
