{{ config(meta=funnels_follow_people()) }}

with optional_steps as (
    select * from {{ ref('funnel_step_definitions') }}
    where role = 'optional'
),

optional_events as (
    select * from {{ ref('funnel_step_events') }}
    where role = 'optional'
),

required_steps as (
    select * from {{ ref('funnel_required_steps') }}
    where funnel in (select optional_steps.funnel from optional_steps)
)

-- An optional step is reached between the required ones around it, before any exclusion
-- that lies there, by what fills no required one of the attempt.
select
    required_steps.funnel,
    required_steps.person_id,
    required_steps.unit_id,
    required_steps.breakdown_value,
    required_steps.history_key,
    required_steps.entry_key,
    required_steps.attempt,
    required_steps.is_counted,
    required_steps.period_start,
    required_steps.entered_at,
    optional_steps.step,
    min(optional_events.occurred_at) as reached_at,
    required_steps.reached_at as previous_reached_at
from required_steps
inner join optional_steps
    on
        required_steps.funnel = optional_steps.funnel
        and required_steps.step = optional_steps.previous_step
inner join optional_events
    on
        required_steps.history_key = optional_events.history_key
        and optional_steps.step = optional_events.step
        and optional_events.occurred_at between required_steps.reached_at
        and coalesce(
            required_steps.next_reached_at,
            least(required_steps.ends_at, required_steps.excluded_at)
        )
left join required_steps as filled
    on
        required_steps.history_key = filled.history_key
        and required_steps.entry_key = filled.entry_key
        and optional_events.match_key = filled.match_key
where filled.match_key is null
group by all
