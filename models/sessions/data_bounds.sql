with staged_events as (
    select * from {{ ref('staged_events') }}
)

select
    min(staged_events.occurred_at) as first_event_at,
    max(staged_events.occurred_at) as last_event_at,
    coalesce(
        {{ parse_timestamp("nullif('" ~ var('as_of') ~ "', '')") }},
        max(staged_events.occurred_at)
    ) as as_of
from staged_events
