with staged_events as (
    select * from {{ ref('staged_events') }}
),

user_aliases as (
    select * from {{ ref('user_aliases') }}
),

aliased_devices as (
    select * from {{ ref('aliased_devices') }}
),

-- To log in is any event that carries both ids; an alias of a device is one too.
log_ins as (
    select
        staged_events.known_anonymous_id as anonymous_id,
        staged_events.known_user_id as user_id,
        staged_events.occurred_at as logged_in_at,
        false as is_alias
    from staged_events
    where
        staged_events.known_anonymous_id is not null
        and staged_events.known_user_id is not null

    union all

    select
        user_aliases.previous_id as anonymous_id,
        user_aliases.user_id,
        user_aliases.aliased_at as logged_in_at,
        true as is_alias
    from user_aliases
    where user_aliases.is_device
)

select
    coalesce(aliased_devices.component, log_ins.anonymous_id) as anonymous_id,
    log_ins.user_id,
    bool_or(log_ins.is_alias) as is_aliased,
    min(log_ins.logged_in_at) as first_logged_in_at
from log_ins
left join aliased_devices
    on log_ins.anonymous_id = aliased_devices.node
group by
    coalesce(aliased_devices.component, log_ins.anonymous_id), log_ins.user_id
