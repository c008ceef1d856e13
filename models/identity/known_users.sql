with recursive staged_events as (
    select * from {{ ref('staged_events') }}
),

user_aliases as (
    select * from {{ ref('user_aliases') }}
    where is_user
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
),

users as (
    select
        sightings.user_id,
        min(sightings.seen_at) as first_seen_at
    from sightings
    group by sightings.user_id
),

links as (
    select
        user_aliases.previous_id as from_user_id,
        user_aliases.user_id as to_user_id
    from user_aliases

    union all

    select
        user_aliases.user_id as from_user_id,
        user_aliases.previous_id as to_user_id
    from user_aliases
),

-- Each user learns of the smaller user ids that any chain of merges leads to.
reached (user_id, smaller_user_id) as (
    select
        links.from_user_id as user_id,
        links.to_user_id as smaller_user_id
    from links
    where links.to_user_id < links.from_user_id

    union

    select
        links.to_user_id as user_id,
        reached.smaller_user_id
    from reached
    inner join links
        on reached.user_id = links.from_user_id
    where reached.smaller_user_id < links.to_user_id
),

smallest as (
    select
        reached.user_id,
        min(reached.smaller_user_id) as smallest_user_id
    from reached
    group by reached.user_id
),

grouped as (
    select
        users.user_id,
        users.first_seen_at,
        coalesce(smallest.smallest_user_id, users.user_id) as smallest_user_id
    from users
    left join smallest
        on users.user_id = smallest.user_id
),

canonical as (
    select
        grouped.user_id,
        first_value(grouped.user_id) over (
            partition by grouped.smallest_user_id
            order by grouped.first_seen_at asc, grouped.user_id asc
        ) as canonical_user_id
    from grouped
)

select
    canonical.user_id,
    canonical.canonical_user_id,
    {{ person_id("'user'", 'canonical.canonical_user_id') }} as person_id
from canonical
