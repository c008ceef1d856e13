{{ config(meta={'follows': 'moves', 'journals': 'people'}) }}

with staged_events as (
    select * from {{ ref('staged_events') }}
),

known_users as (
    select * from {{ ref('known_users') }}
),

device_periods as (
    select
        *,
        coalesce(valid_from, timestamp '0001-01-01') as begins_at
    from {{ ref('person_identifiers') }}
    where identifier_type = 'anonymous'
)

select
    staged_events.event_key,
    coalesce(known_users.person_id, device_periods.person_id) as person_id
from staged_events
left join known_users
    on staged_events.known_user_id = known_users.user_id
{{ join_nearest(
    "left", "device_periods", {"staged_events.known_anonymous_id": "identifier"},
    "staged_events.occurred_at", ">=", "begins_at"
) }}
