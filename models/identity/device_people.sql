with staged_events as (
    select * from {{ ref('staged_events') }}
),

known_users as (
    select * from {{ ref('known_users') }}
),

user_aliases as (
    select * from {{ ref('user_aliases') }}
    where is_device
),

device_users as (
    select * from {{ ref('device_users') }}
),

aliased_devices as (
    select * from {{ ref('aliased_devices') }}
),

owners as (
    select
        device_users.anonymous_id,
        known_users.person_id,
        bool_or(device_users.is_aliased) as is_aliased,
        min(device_users.first_logged_in_at) as first_logged_in_at,
        count(*) over (partition by device_users.anonymous_id) as people_count
    from device_users
    inner join known_users
        on device_users.user_id = known_users.user_id
    group by device_users.anonymous_id, known_users.person_id
),

shared_devices as (
    select distinct owners.anonymous_id
    from owners
    where owners.people_count > 1
),

log_ins as (
    select
        staged_events.known_anonymous_id as anonymous_id,
        staged_events.known_user_id as user_id,
        staged_events.occurred_at as logged_in_at
    from staged_events
    where staged_events.known_user_id is not null

    union all

    select
        user_aliases.previous_id as anonymous_id,
        user_aliases.user_id,
        user_aliases.aliased_at as logged_in_at
    from user_aliases
),

-- The order of log-ins matters only where several people have logged in. Of those who
-- did so at the same moment the last by id is the one known after it.
ordered as (
    select
        shared_devices.anonymous_id,
        known_users.person_id,
        log_ins.logged_in_at
    from log_ins
    left join aliased_devices
        on log_ins.anonymous_id = aliased_devices.node
    inner join shared_devices
        on
            coalesce(aliased_devices.component, log_ins.anonymous_id)
            = shared_devices.anonymous_id
    inner join known_users
        on log_ins.user_id = known_users.user_id
    qualify row_number() over (
        partition by shared_devices.anonymous_id, log_ins.logged_in_at
        order by log_ins.user_id desc
    ) = 1
),

changes as (
    select
        ordered.anonymous_id,
        ordered.person_id,
        ordered.logged_in_at
    from ordered
    qualify
        ordered.person_id is distinct from lag(ordered.person_id) over (
            partition by ordered.anonymous_id order by ordered.logged_in_at
        )

    union all

    select
        owners.anonymous_id,
        owners.person_id,
        owners.first_logged_in_at as logged_in_at
    from owners
    where owners.people_count = 1
)

select
    changes.anonymous_id,
    changes.person_id,
    changes.logged_in_at,
    owners.is_aliased,
    row_number() over (
        partition by changes.anonymous_id order by changes.logged_in_at
    ) as change_number,
    count(*) over (partition by changes.anonymous_id) as change_count
from changes
inner join owners
    on
        changes.anonymous_id = owners.anonymous_id
        and changes.person_id = owners.person_id
