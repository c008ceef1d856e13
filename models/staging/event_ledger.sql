with landed_events as (
    select * from {{ ref('landed_events') }}
),

rejected_events as (
    select * from {{ ref('rejected_events') }}
),

staged_events as (
    select * from {{ ref('staged_events') }}
),

duplicate_events as (
    select * from {{ ref('duplicate_events') }}
),

filtered_events as (
    select * from {{ ref('filtered_events') }}
),

landed as (
    select
        landed_events.file_name,
        landed_events.collector,
        sum(landed_events.event_count) as landed
    from landed_events
    group by landed_events.file_name, landed_events.collector
),

-- Each of the fates is counted from the table that holds it, so that the sum can
-- disagree with what was landed.
fates as (
    select
        staged_events.file_name,
        staged_events.collector,
        'kept' as fate
    from staged_events

    union all

    select
        duplicate_events.file_name,
        duplicate_events.collector,
        'duplicate' as fate
    from duplicate_events

    union all

    select
        filtered_events.file_name,
        filtered_events.collector,
        'filtered' as fate
    from filtered_events

    union all

    select
        rejected_events.file_name,
        rejected_events.collector,
        'rejected' as fate
    from rejected_events
),

counted as (
    select
        fates.file_name,
        fates.collector,
        count(*) filter (where fates.fate = 'kept') as kept,
        count(*) filter (where fates.fate = 'duplicate') as duplicate,
        count(*) filter (where fates.fate = 'rejected') as rejected,
        count(*) filter (where fates.fate = 'filtered') as filtered
    from fates
    group by fates.file_name, fates.collector
)

select
    landed.file_name,
    landed.collector,
    cast(landed.landed as bigint) as landed,
    coalesce(counted.kept, 0) as kept,
    coalesce(counted.duplicate, 0) as duplicate,
    coalesce(counted.rejected, 0) as rejected,
    coalesce(counted.filtered, 0) as filtered,
    cast(0 as bigint) as erased
from landed
left join counted
    on
        landed.file_name = counted.file_name
        and landed.collector is not distinct from counted.collector
