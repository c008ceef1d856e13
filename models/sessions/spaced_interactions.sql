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
        coalesce(staged_events.known_anonymous_id, event_people.person_id) as device_id,
        case
            when '{{ var("session_source") }}' = 'collector'
                then staged_events.source_session_id
        end as source_session_id
    from staged_events
    inner join event_people
        on staged_events.event_key = event_people.event_key
    where
        staged_events.is_interaction
        and {{ joins_sessions('staged_events') }}
        and event_people.person_id is not null
),

neighbours as (
    select
        interactions.*,
        lag(interactions.occurred_at) over (
            partition by
                interactions.person_id, interactions.device_id,
                interactions.source_session_id
            order by
                interactions.occurred_at,
                interactions.event_id,
                interactions.collector
        ) as previous_at
    from interactions
)

-- The sessions that a collector numbered are not cut.
select
    neighbours.*,
    neighbours.previous_at is null
    or (
        neighbours.source_session_id is null
        and (
            neighbours.occurred_at
            > neighbours.previous_at
            + interval '{{ var("session_timeout_minutes") }} minutes'
            or (
                {{ var('session_cut_at_midnight') }}
                and {{ local_day('neighbours.occurred_at') }}
                > {{ local_day('neighbours.previous_at') }}
            )
        )
    ) as is_session_start
from neighbours
