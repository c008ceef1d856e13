with step_events as (
    select * from {{ ref('funnel_step_events') }}
    where role = 'required'
),

exclusions as (
    select * from {{ ref('funnel_step_events') }}
    where role = 'exclusion'
),

searching as (
    select
        step_events.*,
        step_events.step + 1 as next_step
    from step_events
),

linked as (
    select
        searching.funnel,
        searching.unit_id,
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
            and linked.unit_id = exclusions.unit_id
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
