{{ config(materialized='view') }}

with staged_events as (
    select * from {{ ref('staged_events') }}
),

event_people as (
    select * from {{ ref('event_people') }}
),

-- Where there is no device, the person takes its place.
interactions as (
    select
        staged_events.event_key,
        staged_events.collector,
        staged_events.event_id,
        staged_events.occurred_at,
        event_people.person_id,
        coalesce(staged_events.known_anonymous_id, event_people.person_id) as device_id
    from staged_events
    inner join event_people
        on staged_events.event_key = event_people.event_key
    where
        staged_events.is_interaction
        and event_people.person_id is not null
),

spaced as (
    select
        interactions.*,
        coalesce(
            interactions.occurred_at > lag(interactions.occurred_at) over (
                partition by interactions.person_id, interactions.device_id
                order by
                    interactions.occurred_at,
                    interactions.event_id,
                    interactions.collector
            ) + interval '{{ var("session_timeout_minutes") }} minutes',
            true
        ) as is_session_start
    from interactions
),

-- A session is named after its device and its first event.
named as (
    select
        spaced.*,
        case
            when spaced.is_session_start
                then {{ hash_text(
                    "concat(spaced.device_id, ':', spaced.collector, ':', spaced.event_id)"
                ) }}
        end as started_session_id
    from spaced
)

select
    named.event_key,
    named.person_id,
    last_value(named.started_session_id ignore nulls) over (
        partition by named.person_id, named.device_id
        order by named.occurred_at, named.event_id, named.collector
        rows unbounded preceding
    ) as session_id,
    named.occurred_at
from named
