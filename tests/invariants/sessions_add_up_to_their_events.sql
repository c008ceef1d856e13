{{ config(meta={'follows': 'people'}) }}

-- What a session says is what the events say that carry its id, and every session id
-- of an event is a session's. No gap between the events of a session is longer than
-- the timeout, unless the collector says what a session is.
with session_events as (
    select * from {{ ref('session_events') }}
    where session_id is not null
),

gaps as (
    select
        session_events.session_id,
        session_events.occurred_at > lag(session_events.occurred_at)
            over (
                partition by session_events.session_id
                order by session_events.event_index
            )
        + interval '{{ var("session_timeout_minutes") }} minutes'
            as is_too_long
    from session_events
    where '{{ var("session_source") }}' = 'rule'
),

interrupted as (
    select distinct gaps.session_id
    from gaps
    where gaps.is_too_long
),

counted as (
    select
        session_events.session_id,
        min(session_events.person_id) as person_id,
        max(session_events.person_id) as last_person_id,
        min(session_events.occurred_at) filter (where session_events.is_interaction)
            as started_at,
        max(session_events.occurred_at) filter (where session_events.is_interaction)
            as ended_at,
        count(*) as event_count,
        max(session_events.event_index) as last_event_index,
        count(*) filter (
            where session_events.event_name in ('page_viewed', 'screen_viewed')
        ) as page_view_count,
        coalesce(sum(staged_events.revenue), 0) as revenue
    from session_events
    inner join {{ ref('staged_events') }} as staged_events
        on session_events.event_key = staged_events.event_key
    group by session_events.session_id
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
    or sessions.session_id in (select interrupted.session_id from interrupted)
