{{ config(meta=funnels_follow_people()) }}

with plain_steps as (
    select * from {{ ref('funnel_plain_steps') }}
),

plain_funnels as (
    select
        {{ all_but('plain_steps', ['step', 'event', 'place', 'event_number']) }},
        {{ list_in_order('step', 'place') }} as steps,
        {{ list_in_order('event_number', 'place') }} as event_numbers,
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
        cast(null as string) as held_value,
        '(all)' as breakdown_value,
        {{ history_key(
            'plain_funnels.funnel', "'(all)'", 'unit_moments.unit_id', 'null'
        ) }} as history_key,
        {{ moments_of_steps('unit_moments.moments', 'plain_funnels.event_numbers') }}
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
        step_events.held_value,
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
),

entered as (
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
),

deepest as (
    select
        entered.*,
        case
            when entered.reentry_rule <> 'first_attempt' then {{ deepest_moment(
                'entered.moments', 'entered.window_length', 'entered.entry_bits',
                'entered.last_entry'
            ) }}
        end as deepest_at
    from entered
),

-- The earliest attempt from which the most steps are reached is the first whose window
-- is open when they first are.
chosen as (
    select
        deepest.*,
        {{ first_moment(
            'deepest.moments', 'coalesce(deepest.deepest_at - deepest.window_length, 0)'
        ) }} as opened_at
    from deepest
),

followed as (
    select
        chosen.*,
        {{ moments_reached('moments', 'opened_at', 'window_length') }} as reached
    from chosen
),

reached as (
    select
        followed.*,
        {{ numbered_elements('followed.reached', 'place', 'reached_moment') }}
    from followed
)

select
    reached.funnel,
    reached.person_id,
    reached.holder_id,
    reached.held_value,
    reached.breakdown_value,
    reached.history_key,
    {{ element_of('reached.steps', 'reached.place') }} as step,
    {{ moment_of('reached.reached_moment') }} as reached_at,
    {{ moment_of(element_of('reached.reached', 'nullif(reached.place - 1, 0)')) }}
        as previous_reached_at,
    {{ moment_of(element_of('reached.reached', 'reached.place + 1')) }}
        as next_reached_at,
    {{ moment_of('reached.opened_at') }} as entered_at,
    {{ moment_of('reached.opened_at + reached.window_length') }} as closes_at
from reached
