with invalid_events as (
    select * from {{ ref('invalid_events') }}
),

blocked_events as (
    select * from {{ ref('blocked_events') }}
),

accepted_events as (
    select *
    from {{ ref('identified_events') }} as identified_events
    where
        not exists (
            select 1 from invalid_events
            where invalid_events.event_key = identified_events.event_key
        )
        and not exists (
            select 1 from blocked_events
            where blocked_events.event_key = identified_events.event_key
        )
),

repeated_ids as (
    select
        accepted_events.collector,
        accepted_events.event_id
    from accepted_events
    group by accepted_events.collector, accepted_events.event_id
    having count(*) > 1
),

landed_events as (
    select * from {{ ref('landed_events') }}
),

-- The copy that was received first survives; copies received at the same time are
-- told apart by what they say, and equal ones by the name of their file.
ranked as (
    select
        accepted_events.event_key,
        accepted_events.file_name,
        accepted_events.collector,
        row_number() over (
            partition by accepted_events.collector, accepted_events.event_id
            order by
                accepted_events.received_at asc nulls last,
                accepted_events.occurred_at asc,
                accepted_events.event_name asc,
                accepted_events.user_id asc nulls last,
                accepted_events.anonymous_id asc nulls last,
                cast(landed_events.properties as varchar) asc nulls last,
                cast(landed_events.context as varchar) asc nulls last,
                cast(landed_events.user_properties as varchar) asc nulls last,
                accepted_events.file_name asc,
                accepted_events.event_key asc
        ) as copy_rank
    from accepted_events
    inner join repeated_ids
        on
            accepted_events.collector = repeated_ids.collector
            and accepted_events.event_id = repeated_ids.event_id
    inner join landed_events
        on accepted_events.event_key = landed_events.event_key
)

select
    ranked.event_key,
    ranked.file_name,
    ranked.collector
from ranked
where ranked.copy_rank > 1
