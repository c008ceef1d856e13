{{ config(meta=funnels_follow_people()) }}

with funnel_definitions as (
    select
        *,
        cast(window_seconds * 1000000 as bigint) as window_length,
        coalesce({{ moment_number('entered_from') }}, 0) as opens_at,
        coalesce(
            {{ moment_number('entered_until') }},
            {{ moment_number("timestamp '9999-01-01'") }}
        ) as shuts_at
    from {{ ref('funnel_definitions') }}
),

plain_steps as (
    select
        pairs.funnel,
        pairs.step,
        row_number() over (partition by pairs.funnel order by pairs.step) as place
    from {{ ref('funnel_step_pairs') }} as pairs
    where pairs.is_plain
),

placed as (
    select
        plain_events.funnel,
        plain_events.person_id,
        plain_events.holder_id,
        plain_events.held_value,
        plain_events.breakdown_value,
        plain_events.history_key,
        {{ moment_number('plain_events.occurred_at') }} * 64 + plain_steps.place
            as moment
    from {{ ref('funnel_plain_events') }} as plain_events
    inner join plain_steps
        on
            plain_events.funnel = plain_steps.funnel
            and plain_events.step = plain_steps.step
),

histories as (
    select
        {{ all_but('placed', ['moment']) }},
        {{ sorted_list('placed.moment') }} as moments
    from placed
    group by all
),

entered as (
    select
        {{ all_but('histories', ['moments']) }},
        funnel_definitions.window_length,
        case
            when
                funnel_definitions.reentry_rule <> 'first_attempt'
                and funnel_definitions.entered_from is null
                and funnel_definitions.entered_until is null
                then histories.moments
            else {{ moments_entered(
                'histories.moments',
                'funnel_definitions.opens_at',
                "case when funnel_definitions.reentry_rule = 'first_attempt'
                    then least(
                        funnel_definitions.shuts_at,
                        1 + " ~ first_moment(
                            'histories.moments', 'funnel_definitions.opens_at'
                        ) ~ "
                    )
                    else funnel_definitions.shuts_at
                end"
            ) }}
        end as moments
    from histories
    inner join funnel_definitions
        on histories.funnel = funnel_definitions.funnel
),

deepest as (
    select
        entered.*,
        {{ deepest_moment('entered.moments', 'entered.window_length') }}
            as deepest_at
    from entered
),

-- The earliest attempt from which the most steps are reached is the first whose window
-- is open when they first are.
chosen as (
    select
        deepest.*,
        {{ first_moment(
            'deepest.moments', 'deepest.deepest_at - deepest.window_length'
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
    plain_steps.step,
    {{ moment_of('reached.reached_moment') }} as reached_at,
    {{ moment_of('reached.opened_at') }} as entered_at,
    {{ moment_of('reached.opened_at + reached.window_length') }} as closes_at
from reached
inner join plain_steps
    on
        reached.funnel = plain_steps.funnel
        and reached.place = plain_steps.place
