with staged_events as (
    select * from {{ ref('staged_events') }}
),

named_aliases as (
    select * from {{ ref('named_aliases') }}
),

aliased_devices as (
    select * from {{ ref('aliased_devices') }}
),

-- Who logged in on devices that aliases join, and whom aliases of those devices name.
log_ins as (
    select
        staged_events.known_anonymous_id as anonymous_id,
        staged_events.known_user_id as user_id,
        staged_events.occurred_at as logged_in_at
    from staged_events
    where
        staged_events.event_type <> 'alias'
        and staged_events.known_user_id is not null

    union all

    select
        named_aliases.previous_id as anonymous_id,
        named_aliases.user_id,
        named_aliases.aliased_at as logged_in_at
    from named_aliases
    where named_aliases.is_device and not named_aliases.is_to_device

    union all

    select
        named_aliases.user_id as anonymous_id,
        named_aliases.previous_id as user_id,
        named_aliases.aliased_at as logged_in_at
    from named_aliases
    where named_aliases.is_user and named_aliases.is_to_device
),

owners as (
    select
        aliased_devices.component,
        log_ins.user_id
    from log_ins
    inner join aliased_devices
        on log_ins.anonymous_id = aliased_devices.node
    qualify row_number() over (
        partition by aliased_devices.component
        order by log_ins.logged_in_at, log_ins.user_id
    ) = 1
),

-- Devices that are nobody's are those of the one that is aliased to no other.
targets as (
    select
        aliased_devices.component,
        coalesce(
            min(case
                when named_aliases.previous_id is null then aliased_devices.node
            end),
            aliased_devices.component
        ) as user_id
    from aliased_devices
    left join named_aliases
        on aliased_devices.node = named_aliases.previous_id
    group by aliased_devices.component
),

-- What is aliased to a device is of whoever has that, and so is the device.
owned as (
    select
        named_aliases.*,
        coalesce(owners.user_id, targets.user_id) as owner_id
    from named_aliases
    inner join aliased_devices
        on named_aliases.previous_id = aliased_devices.node
    inner join targets
        on aliased_devices.component = targets.component
    left join owners
        on aliased_devices.component = owners.component
    where named_aliases.is_to_device and not named_aliases.is_user
),

sides as (
    select
        named_aliases.previous_id,
        named_aliases.user_id,
        named_aliases.aliased_at,
        named_aliases.is_device,
        named_aliases.is_user
    from named_aliases
    where not named_aliases.is_to_device

    union all

    select
        named_aliases.user_id as previous_id,
        named_aliases.previous_id as user_id,
        named_aliases.aliased_at,
        true as is_device,
        true as is_user
    from named_aliases
    where named_aliases.is_to_device and named_aliases.is_user

    union all

    select
        owned.previous_id,
        owned.owner_id as user_id,
        owned.aliased_at,
        true as is_device,
        false as is_user
    from owned

    union all

    select
        owned.user_id as previous_id,
        owned.owner_id as user_id,
        owned.aliased_at,
        true as is_device,
        true as is_user
    from owned
)

select
    sides.previous_id,
    sides.user_id,
    min(sides.aliased_at) as aliased_at,
    bool_or(sides.is_device) as is_device,
    bool_or(sides.is_user) as is_user
from sides
group by sides.previous_id, sides.user_id
