with staged_events as (
    select * from {{ ref('staged_events') }}
),

known_users as (
    select * from {{ ref('known_users') }}
),

user_aliases as (
    select * from {{ ref('user_aliases') }}
),

devices as (
    select distinct staged_events.known_anonymous_id as anonymous_id
    from staged_events
    where staged_events.known_anonymous_id is not null
),

-- To log in is any event that carries both ids; an alias of a device is one too.
log_ins as (
    select
        staged_events.known_anonymous_id as anonymous_id,
        staged_events.known_user_id as user_id,
        staged_events.occurred_at as logged_in_at
    from staged_events
    where
        staged_events.known_anonymous_id is not null
        and staged_events.known_user_id is not null

    union all

    select
        user_aliases.previous_id as anonymous_id,
        user_aliases.user_id,
        user_aliases.aliased_at as logged_in_at
    from user_aliases
    where user_aliases.is_device
),

device_people as (
    select
        log_ins.anonymous_id,
        known_users.person_id,
        count(*) over (partition by log_ins.anonymous_id) as people_count
    from log_ins
    inner join known_users
        on log_ins.user_id = known_users.user_id
    group by log_ins.anonymous_id, known_users.person_id
),

-- The order of log-ins matters only where several people have logged in. Of those who
-- did at the same moment the last by id is the one known after it.
people_logging_in as (
    select
        log_ins.anonymous_id,
        known_users.person_id,
        log_ins.logged_in_at
    from log_ins
    inner join known_users
        on log_ins.user_id = known_users.user_id
    inner join device_people
        on
            log_ins.anonymous_id = device_people.anonymous_id
            and known_users.person_id = device_people.person_id
    where device_people.people_count > 1
    qualify row_number() over (
        partition by log_ins.anonymous_id, log_ins.logged_in_at
        order by log_ins.user_id desc
    ) = 1
),

changes as (
    select
        people_logging_in.anonymous_id,
        people_logging_in.person_id,
        people_logging_in.logged_in_at,
        lag(people_logging_in.person_id) over (
            partition by people_logging_in.anonymous_id
            order by people_logging_in.logged_in_at
        ) as previous_person_id
    from people_logging_in
    qualify previous_person_id is distinct from people_logging_in.person_id
),

-- What a device did before its first log-in belongs to who logs in first.
periods as (
    select
        changes.anonymous_id,
        changes.person_id,
        case
            when changes.previous_person_id is not null then changes.logged_in_at
        end as valid_from,
        lead(changes.logged_in_at) over (
            partition by changes.anonymous_id order by changes.logged_in_at
        ) as valid_to
    from changes

    union all

    select
        device_people.anonymous_id,
        device_people.person_id,
        cast(null as timestamp) as valid_from,
        cast(null as timestamp) as valid_to
    from device_people
    where device_people.people_count = 1
),

identifiers as (
    select
        'user' as identifier_type,
        known_users.user_id as identifier,
        known_users.person_id,
        cast(null as timestamp) as valid_from,
        cast(null as timestamp) as valid_to
    from known_users

    union all

    select
        'anonymous' as identifier_type,
        devices.anonymous_id as identifier,
        coalesce(
            periods.person_id, {{ person_id("'anonymous'", 'devices.anonymous_id') }}
        ) as person_id,
        periods.valid_from,
        periods.valid_to
    from devices
    left join periods
        on devices.anonymous_id = periods.anonymous_id
)

select * from identifiers
