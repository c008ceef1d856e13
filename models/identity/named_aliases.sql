with staged_events as (
    select * from {{ ref('staged_events') }}
),

known_devices as (
    select distinct staged_events.known_anonymous_id as anonymous_id
    from staged_events
    where staged_events.known_anonymous_id is not null
),

known_users as (
    select
        staged_events.known_user_id as user_id,
        bool_or(staged_events.event_type = 'identify') as is_identified
    from staged_events
    where
        staged_events.known_user_id is not null
        and staged_events.event_type <> 'alias'
    group by staged_events.known_user_id
),

-- An alias that names no user is one of two devices, by the vendor's own message.
named as (
    select
        staged_events.known_previous_id as previous_id,
        case
            when coalesce(staged_events.user_id, staged_events.known_user_id) is null
                then staged_events.known_anonymous_id
            else staged_events.known_user_id
        end as user_id,
        coalesce(staged_events.user_id, staged_events.known_user_id) is null
            as is_of_devices,
        staged_events.event_type = 'alias' as is_merge,
        staged_events.occurred_at
    from staged_events
    where
        staged_events.event_type in ('alias', 'identify')
        and staged_events.known_previous_id is not null
        and {{ var('identity_obey_merges') }}
),

aliases as (
    select
        named.previous_id,
        named.user_id,
        named.is_of_devices,
        bool_or(named.is_merge) as is_merge,
        min(named.occurred_at) as aliased_at
    from named
    where
        named.user_id is not null
        and (named.is_merge or not named.is_of_devices)
    group by named.previous_id, named.user_id, named.is_of_devices
),

-- The previous id of an alias is a user's unless it is only known as a device's. That
-- of an identify message was to be a device's: it is a user's only where nobody was
-- identified by it, and for the first one who is.
judged as (
    select
        aliases.*,
        aliases.is_of_devices or previous_devices.anonymous_id is not null as is_device,
        not aliases.is_of_devices
        and (
            previous_devices.anonymous_id is null
            or previous_users.user_id is not null
        )
        and (
            aliases.is_merge
            or not coalesce(previous_users.is_identified, false)
            and row_number() over (
                partition by aliases.previous_id, aliases.is_merge
                order by aliases.aliased_at, aliases.user_id
            ) = 1
        ) as is_user,
        aliases.is_of_devices
        or own_devices.anonymous_id is not null and own_users.user_id is null
            as is_to_device
    from aliases
    left join known_devices as previous_devices
        on aliases.previous_id = previous_devices.anonymous_id
    left join known_users as previous_users
        on aliases.previous_id = previous_users.user_id
    left join known_devices as own_devices
        on aliases.user_id = own_devices.anonymous_id
    left join known_users as own_users
        on aliases.user_id = own_users.user_id
)

select * from judged
where is_device or is_user
