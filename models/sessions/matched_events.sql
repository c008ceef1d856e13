{{ config(meta={'follows': 'people'}) }}

with named_event_matches as (
    select * from {{ ref('named_event_matches') }}
),

session_events as (
    select * from {{ ref('session_events') }}
    where person_id is not null
),

event_parts as (
    select
        *,
        count(*) over (partition by event, alternative) as alternative_part_count
    from {{ ref('event_parts') }}
),

shown_parts as (
    select * from event_parts
    where event_name in ('session_started', 'first_seen')
),

event_property_values as (
    select * from {{ ref('event_property_values') }}
    where property_name in (select shown_parts.property_name from shown_parts)
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

-- Conditions are of the event that shows the moment.
shown as (
    select
        shown_parts.event,
        moments.event_key,
        moments.event_name as moment
    from moments
    inner join shown_parts
        on moments.event_name = shown_parts.event_name
    left join event_property_values
        on
            moments.event_key = event_property_values.event_key
            and shown_parts.property_name = event_property_values.property_name
    where
        shown_parts.property_name is null
        or {{ condition_holds(
            'event_property_values.property_value', 'shown_parts.operator',
            'shown_parts.property_value'
        ) }}
    group by
        shown_parts.event, shown_parts.alternative, moments.event_key,
        moments.event_name
    having count(*) = max(shown_parts.alternative_part_count)
),

matches as (
    select
        named_event_matches.event,
        named_event_matches.event_key,
        cast(null as string) as moment
    from named_event_matches
    where named_event_matches.event not in ('session_started', 'first_seen')

    union all

    select distinct
        shown.event,
        shown.event_key,
        shown.moment
    from shown
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
