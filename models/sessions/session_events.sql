{{ config(meta={'follows': 'people'}) }}

with staged_events as (
    select * from {{ ref('staged_events') }}
),

event_people as (
    select * from {{ ref('event_people') }}
),

session_interactions as (
    select * from {{ ref('session_interactions') }}
),

session_spans as (
    select
        session_interactions.session_id,
        session_interactions.person_id,
        min(session_interactions.occurred_at) as started_at,
        max(session_interactions.occurred_at) as ended_at
    from session_interactions
    group by session_interactions.session_id, session_interactions.person_id
),

-- An event that is no interaction joins the session that is open at its time; of
-- several, on several devices, the one that began last.
joined as (
    select
        staged_events.event_key,
        session_spans.session_id
    from staged_events
    inner join event_people
        on staged_events.event_key = event_people.event_key
    inner join session_spans
        on
            event_people.person_id = session_spans.person_id
            and staged_events.occurred_at
            between session_spans.started_at and session_spans.ended_at
    where
        not staged_events.is_interaction
        and {{ joins_sessions('staged_events') }}
    qualify row_number() over (
        partition by staged_events.event_key
        order by session_spans.started_at desc, session_spans.session_id asc
    ) = 1
),

placed as (
    select
        session_interactions.event_key,
        session_interactions.session_id
    from session_interactions

    union all

    select
        joined.event_key,
        joined.session_id
    from joined
),

traffic_channels as (
    select * from {{ ref('traffic_channels') }}
),

-- Positions are by time, then id: what happened at the same moment shares its
-- tied_position.
positioned as (
    select
        staged_events.event_key,
        staged_events.event_name,
        event_people.person_id,
        placed.session_id,
        staged_events.occurred_at,
        staged_events.is_interaction,
        traffic_channels.channel,
        row_number() over (
            partition by event_people.person_id
            order by
                staged_events.occurred_at,
                staged_events.event_id,
                staged_events.collector
        ) as person_position,
        rank() over (
            partition by event_people.person_id
            order by staged_events.occurred_at
        ) as tied_position
    from staged_events
    inner join event_people
        on staged_events.event_key = event_people.event_key
    left join placed
        on staged_events.event_key = placed.event_key
    left join traffic_channels
        on {{ is_traffic_of('staged_events', 'traffic_channels') }}
)

select
    positioned.event_key,
    positioned.event_name,
    positioned.person_id,
    positioned.session_id,
    positioned.occurred_at,
    positioned.is_interaction,
    positioned.channel,
    case
        when positioned.session_id is not null
            then row_number() over (
                partition by positioned.session_id
                order by positioned.person_position
            )
    end as event_index,
    positioned.person_position,
    positioned.tied_position
from positioned
