{{ config(meta=funnels_follow_people()) }}

with funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

funnel_step_pairs as (
    select * from {{ ref('funnel_step_pairs') }}
),

guarded_funnels as (
    select funnel_definitions.funnel
    from funnel_definitions
    where funnel_definitions.order_rule = 'strict'

    union

    select exclusions.funnel
    from {{ ref('funnel_step_definitions') }} as exclusions
    where exclusions.role = 'exclusion'
),

step_events as (
    select * from {{ ref('funnel_step_events') }}
    where funnel in (select guarded_funnels.funnel from guarded_funnels)
),

funnel_interruptions as (
    select * from {{ ref('funnel_interruptions') }}
),

exclusions as (
    select distinct
        step_events.history_key,
        funnel_step_pairs.step,
        step_events.occurred_at
    from step_events
    inner join funnel_step_pairs
        on
            step_events.funnel = funnel_step_pairs.funnel
            and (
                funnel_step_pairs.order_rule = 'unordered'
                or (
                    step_events.after_step <= funnel_step_pairs.step
                    and step_events.before_step >= funnel_step_pairs.next_step
                )
            )
    where step_events.role = 'exclusion'
),

-- With grace a step may be reached at the moment of the one that it came before.
filled as (
    select distinct
        step_events.history_key,
        step_events.person_id,
        funnel_step_pairs.step,
        step_events.occurred_at
    from step_events
    inner join funnel_step_pairs
        on
            step_events.funnel = funnel_step_pairs.funnel
            and (
                step_events.step = funnel_step_pairs.step
                or funnel_step_pairs.grace_seconds > 0
            )
    where step_events.role = 'required'
),

excluded as (
    select
        filled.*,
        exclusions.occurred_at as excluded_at
    from filled
    {{ join_nearest(
        'left', 'exclusions',
        {'filled.history_key': 'history_key', 'filled.step': 'step'},
        'filled.occurred_at', '<', 'occurred_at'
    ) }}
)

-- The first thing after a step, of whatever moment, that would keep the next one from
-- following it.
select
    excluded.person_id,
    excluded.history_key,
    excluded.step,
    excluded.occurred_at,
    excluded.excluded_at,
    funnel_interruptions.occurred_at as interrupted_at
from excluded
{{ join_nearest(
    'left', 'funnel_interruptions', {'excluded.history_key': 'history_key'},
    'excluded.occurred_at', '<', 'occurred_at'
) }}
