{{ config(meta={'follows': 'events'}) }}

with accepted_events as (
    select * from {{ ref('accepted_events') }}
),

event_copies as (
    select * from {{ ref('event_copies') }}
),

shared_keys as (
    select event_copies.copy_key
    from event_copies
    group by event_copies.copy_key
    having count(*) > 1
),

-- Few events have copies: only those are looked at.
candidates as (
    select
        accepted_events.event_key,
        accepted_events.collector,
        accepted_events.event_id,
        accepted_events.duplicate_key
    from accepted_events
    inner join event_copies
        on accepted_events.event_key = event_copies.event_key
    inner join shared_keys
        on event_copies.copy_key = shared_keys.copy_key
),

shared_ids as (
    select
        candidates.collector,
        candidates.event_id,
        count(distinct coalesce(candidates.duplicate_key, '')) > 1 as is_ambiguous
    from candidates
    group by candidates.collector, candidates.event_id
    having count(*) > 1
)

select
    candidates.event_key,
    shared_ids.is_ambiguous
from candidates
inner join shared_ids
    on
        candidates.collector = shared_ids.collector
        and candidates.event_id = shared_ids.event_id
