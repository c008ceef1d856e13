{{ config(materialized='view') }}

with spaced_interactions as (
    select * from {{ ref('spaced_interactions') }}
),

session_cuts as (
    select * from {{ ref('session_cuts') }}
),

-- Of the events of the moment at which a session is cut the first opens the next.
cut as (
    select
        spaced_interactions.*,
        spaced_interactions.is_session_start
        or (
            session_cuts.started_at is not null
            and spaced_interactions.previous_at < spaced_interactions.occurred_at
        ) as opens_session
    from spaced_interactions
    left join session_cuts
        on
            spaced_interactions.person_id = session_cuts.person_id
            and spaced_interactions.device_id = session_cuts.device_id
            and spaced_interactions.occurred_at = session_cuts.started_at
            and spaced_interactions.source_session_id is null
),

-- A session is named after its device and its first event.
named as (
    select
        cut.*,
        case
            when cut.opens_session
                then {{ hash_text(
                    "concat(cut.device_id, ':', cut.collector, ':', cut.event_id)"
                ) }}
        end as opened_session_id
    from cut
)

select
    named.event_key,
    named.person_id,
    {{ last_known("named.opened_session_id") }} over (
        partition by named.person_id, named.device_id, named.source_session_id
        order by named.occurred_at, named.event_id, named.collector
        rows unbounded preceding
    ) as session_id,
    named.occurred_at
from named
