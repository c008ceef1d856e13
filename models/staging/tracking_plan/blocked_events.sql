{{ config(meta={'follows': 'events'}) }}

with personal_names as (
    select {{ joined_texts('pattern', "'|'", 'property_name') }} as pattern
    from {{ ref('personal_names') }}
),

blocking as (
    select
        verdicts.event_key,
        {{ joined_texts(
            verdict_sentence('verdicts'),
            "' '",
            'verdicts.property_name asc nulls first, verdicts.rule asc'
        ) }} as detail
    from {{ ref('tracking_plan_verdicts') }} as verdicts
    where verdicts.policy = 'block'
    group by verdicts.event_key
),

blocked as (
    select
        identified_events.*,
        blocking.detail
    from {{ ref('identified_events') }} as identified_events
    inner join blocking
        on identified_events.event_key = blocking.event_key
),

-- The line of an event that was fit to be kept is not stored: what it said is written
-- down in the project's own format.
described as (
    select
        blocked.event_key,
        {{ struct_of({
            'type': 'blocked.event_type',
            'event': 'blocked.source_event_name',
            'event_id': 'blocked.event_id',
            'timestamp': 'blocked.occurred_at',
            'received_at': 'blocked.received_at',
            'user_id': 'blocked.user_id',
            'anonymous_id': 'blocked.anonymous_id',
            'session_id': 'blocked.source_session_id',
            'properties': 'blocked.properties',
            'user_properties': 'blocked.user_properties',
            'groups': 'blocked.group_ids',
            'context': 'blocked.context'
        }) }} as line
    from blocked
),

messages as (
    select
        described.event_key,
        cast({{ row_as_json(
            'described.line', ['properties', 'user_properties', 'groups', 'context']
        ) }} as string) as message
    from described
)

select
    blocked.event_key,
    blocked.file_name,
    blocked.line_number,
    blocked.collector,
    blocked.event_id,
    blocked.event_name,
    blocked.occurred_at,
    'blocked_by_plan' as reject_reason,
    blocked.detail,
    coalesce(
        blocked.payload,
        {{ shown_payload('messages.message') }}
    ) as payload
from blocked
inner join messages
    on blocked.event_key = messages.event_key
