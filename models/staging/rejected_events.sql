with landed_events as (
    select * from {{ ref('landed_events') }}
),

invalid_events as (
    select * from {{ ref('invalid_events') }}
),

blocked_events as (
    select * from {{ ref('blocked_events') }}
),

rejection_reasons as (
    select * from {{ ref('rejection_reasons') }}
),

personal_names as (
    select {{ joined_texts('pattern', "'|'", 'property_name') }} as pattern
    from {{ ref('personal_names') }}
),

rejected as (
    select
        landed_events.file_name,
        landed_events.line_number,
        landed_events.collector,
        landed_events.reject_reason as reason,
        coalesce(landed_events.reject_detail, rejection_reasons.detail) as detail,
        {{ shown_payload('landed_events.payload') }} as payload
    from landed_events
    left join rejection_reasons
        on landed_events.reject_reason = rejection_reasons.reason
    where landed_events.reject_reason is not null

    union all

    select
        invalid_events.file_name,
        invalid_events.line_number,
        invalid_events.collector,
        invalid_events.reject_reason as reason,
        {{ rejection_detail('invalid_events', 'rejection_reasons') }} as detail,
        invalid_events.payload
    from invalid_events
    left join rejection_reasons
        on invalid_events.reject_reason = rejection_reasons.reason

    union all

    select
        blocked_events.file_name,
        blocked_events.line_number,
        blocked_events.collector,
        blocked_events.reject_reason as reason,
        concat(rejection_reasons.detail, ' ', blocked_events.detail) as detail,
        blocked_events.payload
    from blocked_events
    left join rejection_reasons
        on blocked_events.reject_reason = rejection_reasons.reason
)

select
    rejected.file_name,
    rejected.line_number,
    rejected.collector,
    rejected.reason,
    rejected.detail,
    rejected.payload
from rejected
