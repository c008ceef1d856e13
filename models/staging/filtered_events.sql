{{ config(meta={'follows': 'events'}) }}

with internal_events as (
    select * from {{ ref('internal_events') }}
),

accepted_events as (
    select * from {{ ref('accepted_events') }}
),

duplicate_events as (
    select * from {{ ref('duplicate_events') }}
)

-- What is rejected or a duplicate anyway is counted there.
select
    internal_events.event_key,
    internal_events.file_name,
    internal_events.line_number,
    internal_events.collector,
    internal_events.event_id,
    internal_events.rule
from internal_events
inner join accepted_events
    on internal_events.event_key = accepted_events.event_key
where
    internal_events.action = 'filter'
    and not exists (
        select 1 from duplicate_events
        where duplicate_events.event_key = internal_events.event_key
    )
