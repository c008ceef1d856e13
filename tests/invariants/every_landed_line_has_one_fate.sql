{{ config(meta={'follows': 'events'}) }}

-- Each landed line, of a batch each event, is kept, a duplicate, filtered or rejected:
-- one of them, and only once. The fates are looked up in the tables that hold them, so
-- that what is lost or doubled on the way is found.
with rejected_lines as (
    select event_key from {{ ref('landed_events') }}
    where reject_reason is not null
),

landed_events as (
    select event_key from {{ ref('collected_events') }}

    union all

    select event_key from rejected_lines
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
        event_key,
        'rejected when landed' as fate
    from rejected_lines
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
