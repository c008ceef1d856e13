{{ config(meta={'records': 'moves'}) }}

with staged_events as (
    select * from {{ ref('staged_events') }}
),

known_users as (
    select * from {{ ref('known_users') }}
),

device_people as (
    select * from {{ ref('device_people') }}
),

aliased_devices as (
    select * from {{ ref('aliased_devices') }}
),

-- Devices that aliases join are as one, which is named by the first of them.
devices as (
    select distinct
        staged_events.known_anonymous_id as identifier,
        coalesce(aliased_devices.component, staged_events.known_anonymous_id)
            as anonymous_id
    from staged_events
    left join aliased_devices
        on staged_events.known_anonymous_id = aliased_devices.node
    where staged_events.known_anonymous_id is not null
),

-- What a device did before its first log-in belongs to who logs in first, unless the
-- policy leaves it to the device: an alias makes it one person with the user.
periods as (
    select
        device_people.anonymous_id,
        device_people.person_id,
        case
            when
                device_people.change_number > 1
                or '{{ var("identity_policy") }}' = 'no_backfill'
                and not device_people.is_aliased
                then device_people.logged_in_at
        end as valid_from,
        lead(device_people.logged_in_at) over (
            partition by device_people.anonymous_id
            order by device_people.change_number
        ) as valid_to
    from device_people
    where '{{ var("identity_policy") }}' not like '%_forever'

    union all

    select
        device_people.anonymous_id,
        device_people.person_id,
        cast(null as timestamp) as valid_from,
        cast(null as timestamp) as valid_to
    from device_people
    where
        case '{{ var("identity_policy") }}'
            when 'first_user_forever' then device_people.change_number = 1
            when 'last_user_forever'
                then device_people.change_number = device_people.change_count
            else false
        end

    union all

    select distinct
        devices.anonymous_id,
        {{ person_id("'anonymous'", 'devices.anonymous_id') }} as person_id,
        cast(null as timestamp) as valid_from,
        device_people.logged_in_at as valid_to
    from devices
    left join device_people
        on
            devices.anonymous_id = device_people.anonymous_id
            and device_people.change_number = 1
    where
        device_people.anonymous_id is null
        or '{{ var("identity_policy") }}' = 'no_backfill'
        and not device_people.is_aliased
)

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
    devices.identifier,
    periods.person_id,
    periods.valid_from,
    periods.valid_to
from devices
inner join periods
    on devices.anonymous_id = periods.anonymous_id
