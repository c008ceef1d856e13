-- What a session says is what the events say that carry its id, and every session id
-- of an event is a session's. No gap between the events of a session is longer than
-- the timeout.
with events as (
    select
        session_events.*,
        staged_events.revenue,
        lag(session_events.occurred_at) over (
            partition by session_events.session_id
            order by session_events.event_index
        ) as previous_occurred_at
    from {{ ref('session_events') }} as session_events
    inner join {{ ref('staged_events') }} as staged_events
        on session_events.event_key = staged_events.event_key
    where session_events.session_id is not null
),

counted as (
    select
        events.session_id,
        min(events.person_id) as person_id,
        max(events.person_id) as last_person_id,
        min(events.occurred_at) filter (where events.is_interaction) as started_at,
        max(events.occurred_at) filter (where events.is_interaction) as ended_at,
        count(*) as event_count,
        max(events.event_index) as last_event_index,
        count(*) filter (where events.event_name in ('page_viewed', 'screen_viewed'))
            as page_view_count,
        coalesce(sum(events.revenue), 0) as revenue,
        bool_or(
            events.occurred_at > events.previous_occurred_at
            + interval (cast('{{ var("session_timeout_minutes") }}' as integer)) minute
        ) as has_long_gap
    from events
    group by events.session_id
)

select
    sessions.session_id as session,
    counted.*
from {{ ref('sessions') }} as sessions
full outer join counted
    on sessions.session_id = counted.session_id
where
    counted.person_id is distinct from sessions.person_id
    or counted.last_person_id is distinct from sessions.person_id
    or counted.started_at is distinct from sessions.started_at
    or counted.ended_at is distinct from sessions.ended_at
    or counted.event_count is distinct from sessions.event_count
    or counted.last_event_index is distinct from sessions.event_count
    or counted.page_view_count is distinct from sessions.page_view_count
    or (abs(counted.revenue - sessions.revenue) < 0.0001) is not true
    or counted.has_long_gap
