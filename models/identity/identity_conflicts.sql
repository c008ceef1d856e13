with device_users as (
    select * from {{ ref('device_users') }}
),

user_groups as (
    select * from {{ ref('user_groups') }}
),

linked_identifiers as (
    select * from {{ ref('linked_identifiers') }}
),

aliased_devices as (
    select * from {{ ref('aliased_devices') }}
),

-- Users whom merges join count as one; devices that aliases join stand each for itself.
device_groups as (
    select distinct
        coalesce(aliased_devices.node, device_users.anonymous_id) as anonymous_id,
        user_groups.merged_group
    from device_users
    left join aliased_devices
        on device_users.anonymous_id = aliased_devices.component
    inner join user_groups
        on device_users.user_id = user_groups.user_id
),

first_users as (
    select
        user_groups.merged_group,
        min_by(
            user_groups.user_id, (user_groups.first_seen_at, user_groups.user_id)
        ) as user_id
    from user_groups
    group by user_groups.merged_group
),

shared_devices as (
    select
        'shared_device' as conflict,
        'anonymous' as identifier_type,
        device_groups.anonymous_id as identifier,
        count(*) as user_count,
        cast(1 as bigint) as device_count
    from device_groups
    group by device_groups.anonymous_id
    having count(*) > 1
),

many_devices as (
    select
        'many_devices' as conflict,
        'user' as identifier_type,
        min(first_users.user_id) as identifier,
        cast(1 as bigint) as user_count,
        count(*) as device_count
    from device_groups
    inner join first_users
        on device_groups.merged_group = first_users.merged_group
    group by device_groups.merged_group
    having count(*) > 10 * {{ var('identity_component_limit') }}
),

component_devices as (
    select
        linked_identifiers.component,
        count(*) filter (where linked_identifiers.node like 'anonymous:%')
            as device_count
    from linked_identifiers
    group by linked_identifiers.component
),

refused_components as (
    select
        'refused_component' as conflict,
        'user' as identifier_type,
        min_by(
            user_groups.user_id, (user_groups.first_seen_at, user_groups.user_id)
        ) as identifier,
        count(*) as user_count,
        min(component_devices.device_count) as device_count
    from user_groups
    inner join component_devices
        on user_groups.linked_group = component_devices.component
    where user_groups.linked_user_count > {{ var('identity_component_limit') }}
    group by user_groups.linked_group
),

conflicts as (
    select * from shared_devices

    union all

    select * from many_devices

    union all

    select * from refused_components
)

select * from conflicts
