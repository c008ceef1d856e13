{{ config(meta={'follows': 'moves'}) }}

-- The person of an event is the one for whom its identifier stood at its time: its
-- user id where it has one, else its device. Exactly one period says so, or none where
-- the event carries no identifier that identifies.
with identified as (
    select
        staged_events.event_key,
        staged_events.occurred_at,
        case
            when staged_events.known_user_id is not null then 'user'
            else 'anonymous'
        end as identifier_type,
        coalesce(staged_events.known_user_id, staged_events.known_anonymous_id)
            as identifier
    from {{ ref('staged_events') }} as staged_events
),

expected as (
    select
        identified.event_key,
        identified.identifier,
        count(person_identifiers.person_id) as period_count,
        min(person_identifiers.person_id) as person_id
    from identified
    left join {{ ref('person_identifiers') }} as person_identifiers
        on
            identified.identifier_type = person_identifiers.identifier_type
            and identified.identifier = person_identifiers.identifier
            and identified.occurred_at
            >= coalesce(person_identifiers.valid_from, timestamp '0001-01-01')
            and identified.occurred_at
            < coalesce(person_identifiers.valid_to, timestamp '9999-01-01')
    group by identified.event_key, identified.identifier
)

select
    expected.event_key,
    expected.identifier,
    expected.period_count,
    expected.person_id as expected_person_id,
    session_events.person_id
from expected
left join {{ ref('session_events') }} as session_events
    on expected.event_key = session_events.event_key
where
    session_events.event_key is null
    or session_events.person_id is distinct from expected.person_id
    or expected.period_count
    <> case when expected.identifier is null then 0 else 1 end
