{{ config(materialized='view') }}

with invalid_events as (
    select * from {{ ref('invalid_events') }}
),

blocked_events as (
    select * from {{ ref('blocked_events') }}
)

select identified_events.*
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
