with verdicts as (
    select * from {{ ref('tracking_plan_verdicts') }}
),

blocked_events as (
    select * from {{ ref('blocked_events') }}
),

staged_events as (
    select * from {{ ref('staged_events') }}
)

-- An event that was kept counts once, however often it was delivered; each blocked line
-- is listed. What was filtered is not judged.
select
    coalesce(staged_events.event_id, verdicts.event_id) as event_id,
    verdicts.collector,
    verdicts.event_name,
    verdicts.property_name,
    verdicts.rule as violation,
    verdicts.policy,
    blocked_events.event_key is not null as is_blocked,
    verdicts.expected,
    verdicts.actual,
    verdicts.file_name,
    verdicts.occurred_at
from verdicts
left join blocked_events
    on verdicts.event_key = blocked_events.event_key
left join staged_events
    on verdicts.event_key = staged_events.event_key
where coalesce(blocked_events.event_key, staged_events.event_key) is not null
