-- A line that is cut off may still say that there is no consent.
with landed_events as (
    select
        {{ all_but('landed_events', ['consent']) }},
        case
            when {{ is_json('landed_events.payload') }}
                then coalesce(
                    {{ consent_state('landed_events.consent') }},
                    '{{ var("unstated_consent") }}'
                )
            when
                {{ has_match(
                    'landed_events.payload', "'(?i)consent.{1,40}(denied|false)'"
                ) }}
                then 'denied'
        end as consent
    from {{ ref('landed_events') }} as landed_events
    where landed_events.reject_reason is not null
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
        case
            when landed_events.consent = 'denied' then '(withheld)'
            else {{ shown_payload('landed_events.payload') }}
        end as payload
    from landed_events
    left join rejection_reasons
        on landed_events.reject_reason = rejection_reasons.reason

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
