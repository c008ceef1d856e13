with landed_events as (
    select * from {{ ref('landed_events') }}
),

judged_events as (
    select * from {{ ref('judged_events') }}
),

rejection_reasons as (
    select * from {{ ref('rejection_reasons') }}
),

rejected as (
    select
        landed_events.file_name,
        landed_events.line_number,
        landed_events.collector,
        landed_events.reject_reason as reason,
        coalesce(landed_events.reject_detail, rejection_reasons.detail) as detail,
        landed_events.payload
    from landed_events
    left join rejection_reasons
        on landed_events.reject_reason = rejection_reasons.reason
    where landed_events.reject_reason is not null

    union all

    select
        judged_events.file_name,
        judged_events.line_number,
        judged_events.collector,
        judged_events.reject_reason as reason,
        {{ rejection_detail('judged_events', 'rejection_reasons') }} as detail,
        judged_events.payload
    from judged_events
    left join rejection_reasons
        on judged_events.reject_reason = rejection_reasons.reason
    where judged_events.reject_reason is not null
)

select
    rejected.file_name,
    rejected.line_number,
    rejected.collector,
    rejected.reason,
    rejected.detail,
    rejected.payload
from rejected
