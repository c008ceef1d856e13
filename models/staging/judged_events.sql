with identified_events as (
    select * from {{ ref('identified_events') }}
)

select
    identified_events.event_key,
    identified_events.file_name,
    identified_events.line_number,
    identified_events.payload,
    identified_events.collector,
    identified_events.event_id,
    identified_events.event_type,
    identified_events.event_name,
    identified_events.unread_time,
    identified_events.occurred_at,
    identified_events.received_at,
    identified_events.user_id,
    identified_events.anonymous_id,
    {{ rejection_reason('identified_events') }} as reject_reason
from identified_events
