-- Each landed line is kept, a duplicate, filtered or rejected: one of them, and only
-- once. The fates are looked up in the tables that hold them, so that a line that is
-- lost or doubled on the way is found.
with landed_events as (
    select
        event_key,
        reject_reason
    from {{ ref('landed_events') }}
),

fates as (
    select
        event_key,
        'kept' as fate
    from {{ ref('staged_events') }}

    union all

    select
        event_key,
        'duplicate' as fate
    from {{ ref('duplicate_events') }}

    union all

    select
        event_key,
        'filtered' as fate
    from {{ ref('filtered_events') }}

    union all

    select
        event_key,
        'rejected when judged' as fate
    from {{ ref('invalid_events') }}

    union all

    select
        event_key,
        'blocked by the plan' as fate
    from {{ ref('blocked_events') }}

    union all

    select
        landed_events.event_key,
        'rejected when landed' as fate
    from landed_events
    where landed_events.reject_reason is not null
)

select
    landed_events.event_key,
    count(fates.fate) as fate_count,
    min(fates.fate) as first_fate,
    max(fates.fate) as last_fate
from landed_events
left join fates
    on landed_events.event_key = fates.event_key
group by landed_events.event_key
having count(fates.fate) <> 1
