with known_users as (
    select distinct
        person_id,
        canonical_user_id
    from {{ ref('known_users') }}
),

session_events as (
    select * from {{ ref('session_events') }}
    where person_id is not null
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

traits as (
    select
        person_traits.person_id,
        {{ as_json(collect_object(
            'person_traits.trait', as_json('person_traits.trait_value')
        )) }} as user_properties
    from {{ ref('person_traits') }} as person_traits
    group by person_traits.person_id
),

active as (
    select
        session_events.person_id,
        min(session_events.occurred_at) as first_seen_at,
        max(session_events.occurred_at) as last_seen_at,
        count(*) as event_count,
        count(distinct session_events.session_id) as session_count
    from session_events
    group by session_events.person_id
)

select
    active.person_id,
    known_users.canonical_user_id,
    known_users.canonical_user_id is not null as is_known,
    traits.user_properties,
    active.event_count,
    active.session_count,
    active.first_seen_at
    < data_bounds.first_event_at
    + interval '{{ var("history_warmup_days") }}' day as is_first_seen_in_warmup,
    active.first_seen_at,
    active.last_seen_at
from active
cross join data_bounds
left join known_users
    on active.person_id = known_users.person_id
left join traits
    on active.person_id = traits.person_id
