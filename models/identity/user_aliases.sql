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

-- Devices that are nobody's are those of the user that an alias names who is aliased to
-- no other.
targets as (
    select
        aliased_devices.component,
        coalesce(
            min(case when onward.previous_id is null then named_aliases.user_id end),
            min(named_aliases.user_id)
        ) as user_id
    from named_aliases
    inner join aliased_devices
        on named_aliases.user_id = aliased_devices.node
    left join named_aliases as onward
        on named_aliases.user_id = onward.previous_id
    where named_aliases.is_to_device and not named_aliases.is_of_devices
    group by aliased_devices.component
),

-- Who is only known as a device is whoever has that.
owned as (
    select
        named_aliases.*,
        coalesce(owners.user_id, targets.user_id) as owner_id
    from named_aliases
    inner join aliased_devices
        on named_aliases.user_id = aliased_devices.node
    inner join targets
        on aliased_devices.component = targets.component
    left join owners
        on aliased_devices.component = owners.component
    where
        named_aliases.is_to_device
        and not named_aliases.is_user
        and not named_aliases.is_of_devices
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
