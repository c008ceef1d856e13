with funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

funnel_step_definitions as (
    select * from {{ ref('funnel_step_definitions') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

step_events as (
    select
        funnel_step_definitions.funnel,
        funnel_step_definitions.step,
        case funnel_definitions.unit
            when 'session' then matched_events.session_id
            else matched_events.person_id
        end as unit_id,
        matched_events.person_id,
        matched_events.match_key,
        matched_events.event_key,
        matched_events.occurred_at,
        matched_events.person_position,
        matched_events.tied_position
    from funnel_step_definitions
    inner join funnel_definitions
        on funnel_step_definitions.funnel = funnel_definitions.funnel
    inner join matched_events
        on funnel_step_definitions.event = matched_events.event
    where funnel_step_definitions.role = 'required'
),

-- An event that fits several steps fills one of them only.
counted as (
    select
        step_events.*,
        count(*) over (
            partition by step_events.funnel, step_events.match_key
        ) > 1 as fits_other_steps
    from step_events
    where step_events.unit_id is not null
)

select
    counted.*,
    bool_or(counted.fits_other_steps) over (
        partition by counted.funnel, counted.unit_id, counted.step
    ) as is_shared_step
from counted
