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
    select user_aliases.previous_id as from_user_id, user_aliases.user_id as to_user_id
    from user_aliases

    union all

    select user_aliases.user_id as from_user_id, user_aliases.previous_id as to_user_id
    from user_aliases
),

-- Each merged user takes the smallest user id that any chain of merges leads to.
reached (user_id, smallest_user_id) {{ using_key('user_id') }} as (
    select
        links.from_user_id as user_id,
        least(links.from_user_id, min(links.to_user_id)) as smallest_user_id
    from links
    group by links.from_user_id

    union

    select
        links.to_user_id as user_id,
        min(reached.smallest_user_id) as smallest_user_id
    from reached
    inner join links
        on reached.user_id = links.from_user_id
    inner join recurring.reached as settled
        on links.to_user_id = settled.user_id
    where reached.smallest_user_id < settled.smallest_user_id
    group by links.to_user_id
),

grouped as (
    select
        users.user_id,
        users.first_seen_at,
        coalesce(reached.smallest_user_id, users.user_id) as smallest_user_id
    from users
    left join reached
        on users.user_id = reached.user_id
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
