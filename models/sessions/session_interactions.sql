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
        concat(staged_events.collector, ':', staged_events.event_id) as event_id,
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
                order by interactions.occurred_at, interactions.event_id
            ) + interval '{{ var("session_timeout_minutes") }} minutes',
            true
        ) as is_session_start
    from interactions
),

numbered as (
    select
        spaced.*,
        sum(cast(spaced.is_session_start as integer)) over (
            partition by spaced.person_id, spaced.device_id
            order by spaced.occurred_at, spaced.event_id
            rows unbounded preceding
        ) as session_number
    from spaced
),

first_events as (
    select
        numbered.person_id,
        numbered.device_id,
        numbered.session_number,
        {{ hash_text("concat(numbered.device_id, ':', numbered.event_id)") }}
            as session_id
    from numbered
    where numbered.is_session_start
)

select
    numbered.event_key,
    numbered.person_id,
    first_events.session_id,
    numbered.occurred_at
from numbered
inner join first_events
    on
        numbered.person_id = first_events.person_id
        and numbered.device_id = first_events.device_id
        and numbered.session_number = first_events.session_number
