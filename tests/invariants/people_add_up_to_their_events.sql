-- What a person says is what the events say that belong to them, and every person of
-- an event or a session is in people.
with counted as (
    select
        events.person_id,
        count(*) as event_count,
        count(distinct events.session_id) as session_count,
        min(events.occurred_at) as first_seen_at,
        max(events.occurred_at) as last_seen_at
    from {{ ref('session_events') }} as events
    where events.person_id is not null
    group by events.person_id
),

session_counts as (
    select
        sessions.person_id,
        count(*) as session_count
    from {{ ref('sessions') }} as sessions
    group by sessions.person_id
)

select
    people.person_id as person,
    session_counts.session_count as sessions_of_person,
    counted.*
from {{ ref('people') }} as people
full outer join counted
    on people.person_id = counted.person_id
full outer join session_counts
    on counted.person_id = session_counts.person_id
where
    people.event_count is distinct from counted.event_count
    or people.session_count is distinct from counted.session_count
    or people.session_count is distinct from coalesce(session_counts.session_count, 0)
    or people.first_seen_at is distinct from counted.first_seen_at
    or people.last_seen_at is distinct from counted.last_seen_at
