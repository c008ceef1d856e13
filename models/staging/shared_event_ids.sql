with accepted_events as (
    select * from {{ ref('accepted_events') }}
)

select
    accepted_events.collector,
    accepted_events.event_id,
    count(distinct coalesce(accepted_events.duplicate_key, '')) > 1 as is_ambiguous
from accepted_events
group by accepted_events.collector, accepted_events.event_id
having count(*) > 1
