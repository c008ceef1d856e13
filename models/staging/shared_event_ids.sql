with invalid_events as (
    select * from {{ ref('invalid_events') }}
),

accepted_events as (
    select *
    from {{ ref('identified_events') }} as identified_events
    where
        not exists (
            select 1 from invalid_events
            where invalid_events.event_key = identified_events.event_key
        )
)

select
    accepted_events.collector,
    accepted_events.event_id,
    count(distinct coalesce(accepted_events.duplicate_key, '')) > 1 as is_ambiguous
from accepted_events
group by accepted_events.collector, accepted_events.event_id
having count(*) > 1
