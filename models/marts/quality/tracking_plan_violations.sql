with verdicts as (
    select * from {{ ref('tracking_plan_verdicts') }}
),

blocked_events as (
    select * from {{ ref('blocked_events') }}
),

duplicate_events as (
    select * from {{ ref('duplicate_events') }}
)

-- An event counts once, however often it was delivered; each blocked line is listed.
select
    verdicts.event_id,
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
where
    not exists (
        select 1 from duplicate_events
        where duplicate_events.event_key = verdicts.event_key
    )
