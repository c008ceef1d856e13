with staged_events as (
    select * from {{ ref('staged_events') }}
),

user_aliases as (
    select * from {{ ref('user_aliases') }}
    where is_user
),

merged_users as (
    select * from {{ ref('merged_users') }}
),

linked_identifiers as (
    select * from {{ ref('linked_identifiers') }}
),

sightings as (
    select
        staged_events.known_user_id as user_id,
        staged_events.occurred_at as seen_at
    from staged_events
    where staged_events.known_user_id is not null

    union all

    select
        user_aliases.previous_id as user_id,
        user_aliases.aliased_at as seen_at
    from user_aliases

    union all

    select
        user_aliases.user_id,
        user_aliases.aliased_at as seen_at
    from user_aliases
),

users as (
    select
        sightings.user_id,
        min(sightings.seen_at) as first_seen_at
    from sightings
    group by sightings.user_id
),

merged as (
    select
        users.user_id,
        users.first_seen_at,
        concat('user:', coalesce(merged_users.component, users.user_id)) as merged_group
    from users
    left join merged_users
        on users.user_id = merged_users.node
)

select
    merged.user_id,
    merged.first_seen_at,
    merged.merged_group,
    linked_identifiers.component as linked_group,
    case
        when linked_identifiers.component is not null
            then count(*) over (partition by linked_identifiers.component)
    end as linked_user_count
from merged
left join linked_identifiers
    on merged.merged_group = linked_identifiers.node
