{{ config(materialized='view') }}

with collected_events as (
    select * from {{ ref('collected_events') }}
),

event_names as (
    select * from {{ ref('event_names') }}
)

select
    collected_events.* exclude (event_id, source_event_name),
    coalesce(
        collected_events.event_id,
        case
            when collected_events.copy_number = 1 then collected_events.line_hash
            else concat(
                collected_events.line_hash, '-',
                cast(collected_events.copy_number as varchar)
            )
        end
    ) as event_id,
    event_names.event_name,
    collected_events.source_event_name
from collected_events
left join event_names
    on
        collected_events.event_type = event_names.event_type
        and collected_events.source_event_name
        is not distinct from event_names.source_event_name
