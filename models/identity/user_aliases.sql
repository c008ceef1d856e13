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
        staged_events.event_type in ('alias', 'identify')
        and staged_events.known_previous_id is not null
        and staged_events.known_user_id is not null
        and {{ var('identity_obey_merges') }}
    group by staged_events.known_previous_id, staged_events.known_user_id
),

-- Who first logged in on a device that an alias names.
owners as (
    select
        staged_events.known_anonymous_id as anonymous_id,
        staged_events.known_user_id as user_id
    from staged_events
    where
        staged_events.event_type <> 'alias'
        and staged_events.known_user_id is not null
        and staged_events.known_anonymous_id in (
            select aliases.previous_id from aliases
            union all
            select aliases.user_id from aliases
        )
    qualify row_number() over (
        partition by staged_events.known_anonymous_id
        order by staged_events.occurred_at, staged_events.known_user_id
    ) = 1
),

judged as (
    select
        aliases.*,
        previous_devices.anonymous_id is not null as is_device,
        previous_devices.anonymous_id is null or previous_users.user_id is not null
            as is_user,
        own_devices.anonymous_id is not null and own_users.user_id is null
            as is_to_device,
        coalesce(own_owners.user_id, previous_owners.user_id, aliases.user_id)
            as owner_id
    from aliases
    left join known_devices as previous_devices
        on aliases.previous_id = previous_devices.anonymous_id
    left join known_users as previous_users
        on aliases.previous_id = previous_users.user_id
    left join known_devices as own_devices
        on aliases.user_id = own_devices.anonymous_id
    left join known_users as own_users
        on aliases.user_id = own_users.user_id
    left join owners as previous_owners
        on aliases.previous_id = previous_owners.anonymous_id
    left join owners as own_owners
        on aliases.user_id = own_owners.anonymous_id
),

-- The previous id of an alias is a user's unless it is only known as a device's. What
-- is aliased to a device is of whoever has that, and the device of whoever that is.
sides as (
    select
        judged.previous_id,
        case when judged.is_to_device then judged.owner_id else judged.user_id end
            as user_id,
        judged.aliased_at,
        judged.is_device,
        judged.is_user
    from judged
    where judged.is_user is false or judged.is_to_device is false

    union all

    select
        judged.user_id as previous_id,
        case when judged.is_user then judged.previous_id else judged.owner_id end
            as user_id,
        judged.aliased_at,
        true as is_device,
        true as is_user
    from judged
    where judged.is_to_device
)

select
    sides.previous_id,
    sides.user_id,
    min(sides.aliased_at) as aliased_at,
    bool_or(sides.is_device) as is_device,
    bool_or(sides.is_user) as is_user
from sides
group by sides.previous_id, sides.user_id
