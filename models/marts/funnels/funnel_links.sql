with step_events as (
    select * from {{ ref('funnel_step_events') }}
),

funnel_step_definitions as (
    select * from {{ ref('funnel_step_definitions') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

next_steps as (
    select distinct
        step_events.funnel,
        step_events.unit_id,
        step_events.step - 1 as step,
        step_events.is_shared_step
    from step_events
    where step_events.step > 1
),

-- What happened at the same moment may come next, whatever its id; but where an event
-- may fit both steps, only what stands later, so that none fills two.
searching as (
    select
        step_events.*,
        step_events.step + 1 as next_step,
        case
            when next_steps.is_shared_step then step_events.person_position + 1
            else step_events.tied_position
        end as search_from
    from step_events
    inner join next_steps
        on
            step_events.funnel = next_steps.funnel
            and step_events.unit_id = next_steps.unit_id
            and step_events.step = next_steps.step
),

linked as (
    select
        searching.funnel,
        searching.unit_id,
        searching.person_id,
        searching.step,
        searching.match_key,
        searching.occurred_at,
        next_events.match_key as next_match_key,
        next_events.occurred_at as next_occurred_at
    from searching
    asof inner join step_events as next_events
        on
            searching.funnel = next_events.funnel
            and searching.unit_id = next_events.unit_id
            and searching.next_step = next_events.step
            and searching.search_from <= next_events.person_position
),

exclusions as (
    select
        funnel_step_definitions.funnel,
        funnel_step_definitions.after_step,
        funnel_step_definitions.before_step,
        matched_events.person_id,
        matched_events.occurred_at
    from funnel_step_definitions
    inner join matched_events
        on funnel_step_definitions.event = matched_events.event
    where funnel_step_definitions.role = 'exclusion'
),

broken as (
    select distinct
        linked.funnel,
        linked.unit_id,
        linked.step,
        linked.match_key
    from linked
    inner join exclusions
        on
            linked.funnel = exclusions.funnel
            and linked.person_id = exclusions.person_id
            and linked.step >= exclusions.after_step
            and linked.step < exclusions.before_step
            and linked.occurred_at < exclusions.occurred_at
            and linked.next_occurred_at > exclusions.occurred_at
)

select
    linked.funnel,
    linked.unit_id,
    linked.step,
    linked.match_key,
    linked.next_match_key,
    linked.next_occurred_at,
    broken.match_key is not null as is_broken
from linked
left join broken
    on
        linked.funnel = broken.funnel
        and linked.unit_id = broken.unit_id
        and linked.step = broken.step
        and linked.match_key = broken.match_key
