{{ config(meta={'follows': 'people'}) }}

with session_events as (
    select * from {{ ref('session_events') }}
    where person_id is not null
),

people as (
    select * from {{ ref('people') }}
),

feature_uses as (
    select * from {{ ref('feature_uses') }}
),

feature_definitions as (
    select * from {{ ref('feature_definitions') }}
),

-- What people do: their interactions, and the events of features whoever sent them.
candidates as (
    select
        session_events.event_name as event,
        session_events.person_id,
        session_events.occurred_at
    from session_events
    where
        session_events.is_interaction
        or session_events.event_name in (
            select feature_definitions.event
            from feature_definitions
            where feature_definitions.is_plain_event
        )

    union all

    select
        concat('feature ', feature_uses.feature) as event,
        feature_uses.person_id,
        feature_uses.occurred_at
    from feature_uses
    inner join feature_definitions
        on feature_uses.feature_name = feature_definitions.feature_name
    where not feature_definitions.is_plain_event
),

timed as (
    select
        candidates.event,
        candidates.person_id,
        {{ seconds_between('people.first_seen_at', 'candidates.occurred_at') }}
            as seconds
    from candidates
    inner join people
        on candidates.person_id = people.person_id
)

select
    timed.event,
    timed.person_id,
    least(count(*), 10) as use_count,
    {{ smallest('timed.seconds', 10) }} as first_seconds
from timed
where timed.seconds < 14 * 86400
group by timed.event, timed.person_id
