{{ config(meta={'follows': 'events'}) }}

with identified_events as (
    select * from {{ ref('identified_events') }}
),

judged as (
    select
        identified_events.*,
        {{ rejection_reason('identified_events') }} as reject_reason
    from identified_events
)

select
    judged.event_key,
    judged.file_name,
    judged.line_number,
    judged.collector,
    judged.event_id,
    judged.event_type,
    judged.unread_time,
    judged.occurred_at,
    judged.received_at,
    judged.reject_reason,
    judged.payload
from judged
where judged.reject_reason is not null
