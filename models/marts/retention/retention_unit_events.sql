{{ config(materialized='view') }}

with matched_events as (
    select * from {{ ref('matched_events') }}
),

retention_group_events as (
    select * from {{ ref('retention_group_events') }}
)

select
    matched_events.event,
    'person' as unit,
    matched_events.person_id as unit_id,
    matched_events.person_id,
    matched_events.event_key,
    matched_events.occurred_at,
    matched_events.person_position as unit_position
from matched_events

union all

select
    retention_group_events.event,
    retention_group_events.unit,
    retention_group_events.unit_id,
    cast(null as string) as person_id,
    retention_group_events.event_key,
    retention_group_events.occurred_at,
    retention_group_events.unit_position
from retention_group_events
