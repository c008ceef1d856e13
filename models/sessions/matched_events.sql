{{ config(meta={'follows': 'people'}) }}

with named_event_matches as (
    select * from {{ ref('named_event_matches') }}
),

session_events as (
    select * from {{ ref('session_events') }}
    where person_id is not null
),

event_parts as (
    select distinct
        event,
        event_name
    from {{ ref('event_parts') }}
    where event_name in ('session_started', 'first_seen')
),

-- What happens by itself stands beside the event that shows it, at the same moment.
moments as (
    select
        'session_started' as event_name,
        min_by(session_events.event_key, session_events.person_position) as event_key
    from session_events
    where
        session_events.is_interaction
        and session_events.session_id is not null
    group by session_events.session_id

    union all

    select
        'first_seen' as event_name,
        session_events.event_key
    from session_events
    where session_events.person_position = 1
),

matches as (
    select
        named_event_matches.event,
        named_event_matches.event_key,
        cast(null as varchar) as moment
    from named_event_matches
    where named_event_matches.event not in ('session_started', 'first_seen')

    union all

    select
        event_parts.event,
        moments.event_key,
        moments.event_name as moment
    from moments
    inner join event_parts
        on moments.event_name = event_parts.event_name
)

select
    matches.event,
    case
        when matches.moment is null then matches.event_key
        else {{ hash_key('matches.event_key', 'matches.moment') }}
    end as match_key,
    matches.event_key,
    session_events.person_id,
    session_events.session_id,
    session_events.occurred_at,
    session_events.person_position,
    session_events.tied_position,
    matches.moment is null and session_events.is_interaction as is_interaction
from matches
inner join session_events
    on matches.event_key = session_events.event_key
