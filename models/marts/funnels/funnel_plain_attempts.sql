{{ config(meta=funnels_follow_people()) }}

with histories as (
    select * from {{ ref('funnel_plain_histories') }}
),

deepest as (
    select
        histories.*,
        case
            when histories.reentry_rule <> 'first_attempt' then {{ deepest_moment(
                'histories.moments', 'histories.window_length', 'histories.entry_bits',
                'histories.last_entry'
            ) }}
        end as deepest_at
    from histories
),

-- The earliest attempt from which the most steps are reached opens in the window before
-- the last of them.
sought as (
    select
        {{ all_but('deepest', ['moments']) }},
        case
            when deepest.deepest_at is null then deepest.moments
            else {{ moments_between(
                'deepest.moments', 'deepest.deepest_at - deepest.window_length',
                'deepest.deepest_at'
            ) }}
        end as moments
    from deepest
),

chosen as (
    select
        sought.*,
        {{ first_moment('sought.moments') }} as opened_at
    from sought
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
    reached.unit_id,
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
