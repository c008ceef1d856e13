with staged_events as (
    select * from {{ ref('staged_events') }}
),

known_devices as (
    select distinct staged_events.known_anonymous_id as anonymous_id
    from staged_events
    where staged_events.known_anonymous_id is not null
),

known_users as (
    select distinct staged_events.known_user_id as user_id
    from staged_events
    where staged_events.event_type <> 'alias'
),

aliases as (
    select
        staged_events.known_previous_id as previous_id,
        staged_events.known_user_id as user_id,
        min(staged_events.occurred_at) as aliased_at
    from staged_events
    where
        staged_events.event_type = 'alias'
        and staged_events.known_previous_id is not null
        and staged_events.known_user_id is not null
        and {{ var('identity_obey_merges') }}
    group by staged_events.known_previous_id, staged_events.known_user_id
)

-- The previous id of an alias is a user's unless it is only known as a device's.
select
    aliases.previous_id,
    aliases.user_id,
    aliases.aliased_at,
    known_devices.anonymous_id is not null as is_device,
    known_devices.anonymous_id is null or known_users.user_id is not null as is_user
from aliases
left join known_devices
    on aliases.previous_id = known_devices.anonymous_id
left join known_users
    on aliases.previous_id = known_users.user_id
