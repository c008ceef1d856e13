{{ config(meta={'follows': 'events'}) }}

with personal_names as (
    select string_agg(pattern, '|' order by property_name) as pattern
    from {{ ref('personal_names') }}
),

blocking as (
    select
        verdicts.event_key,
        string_agg(
            {{ verdict_sentence('verdicts') }}, ' '
            order by verdicts.property_name asc nulls first, verdicts.rule asc
        ) as detail
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
        blocked.event_type as type,
        blocked.source_event_name as event,
        blocked.event_id,
        blocked.occurred_at as timestamp,
        blocked.received_at,
        blocked.user_id,
        blocked.anonymous_id,
        blocked.source_session_id as session_id,
        blocked.properties,
        blocked.user_properties,
        blocked.group_ids as groups,
        blocked.context
    from blocked
),

messages as (
    select
        described.event_key,
        cast({{ without_key(row_as_json('described'), 'event_key') }} as varchar)
            as message
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
