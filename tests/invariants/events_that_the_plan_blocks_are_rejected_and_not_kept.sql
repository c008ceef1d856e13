-- Per file as many events are rejected by the plan as it blocks, and none of these is
-- kept or counted as a duplicate.
with blocked_events as (
    select * from {{ ref('blocked_events') }}
),

blocked as (
    select
        file_name,
        count(*) as blocked
    from blocked_events
    group by file_name
),

rejected as (
    select
        file_name,
        count(*) as rejected
    from {{ ref('rejected_events') }}
    where reason = 'blocked_by_plan'
    group by file_name
),

also_elsewhere as (
    select event_key from {{ ref('staged_events') }}

    union all

    select event_key from {{ ref('duplicate_events') }}
)

select
    coalesce(blocked.file_name, rejected.file_name) as file_name,
    cast(null as string) as event_id
from blocked
full outer join rejected
    on blocked.file_name = rejected.file_name
where blocked.blocked is distinct from rejected.rejected

union all

select
    blocked_events.file_name,
    blocked_events.event_id
from blocked_events
inner join also_elsewhere
    on blocked_events.event_key = also_elsewhere.event_key
