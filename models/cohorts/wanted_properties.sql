{{ config(meta={'follows': 'people'}) }}

with needed_properties as (
    select * from {{ ref('needed_properties') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

event_groups as (
    select * from {{ ref('event_groups') }}
),

session_events as (
    select * from {{ ref('session_events') }}
),

-- A group is first seen by the first event in it of one of its people.
first_in_group as (
    select
        event_groups.event_key,
        session_events.person_id,
        session_events.session_id,
        session_events.occurred_at
    from event_groups
    inner join session_events
        on event_groups.event_key = session_events.event_key
    qualify row_number() over (
        partition by
            event_groups.group_type, event_groups.group_id, session_events.person_id
        order by session_events.person_position
    ) = 1
)

select
    matched_events.event_key,
    matched_events.person_id,
    matched_events.session_id,
    matched_events.occurred_at,
    needed_properties.property_name,
    needed_properties.is_prefixed
from matched_events
inner join needed_properties
    on matched_events.event = needed_properties.event
where
    needed_properties.is_prefixed
    or needed_properties.event_name in ('session_started', 'first_seen')

union

select
    first_in_group.event_key,
    first_in_group.person_id,
    first_in_group.session_id,
    first_in_group.occurred_at,
    needed_properties.property_name,
    needed_properties.is_prefixed
from first_in_group
inner join needed_properties
    on needed_properties.event_name = 'first_seen'
