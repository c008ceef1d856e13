with blocking as (
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

identified_events as (
    select * from {{ ref('identified_events') }}
),

-- The line of an event that was fit to be kept is not stored: what it said is written
-- down in the project's own format.
messages as (
    select
        identified_events.event_key,
        identified_events.event_type as type,
        identified_events.source_event_name as event,
        identified_events.event_id,
        identified_events.occurred_at as timestamp,
        identified_events.received_at,
        identified_events.user_id,
        identified_events.anonymous_id,
        identified_events.source_session_id as session_id,
        identified_events.properties,
        identified_events.user_properties,
        identified_events.group_ids as groups,
        identified_events.context
    from identified_events
    inner join blocking
        on identified_events.event_key = blocking.event_key
)

select
    identified_events.event_key,
    identified_events.file_name,
    identified_events.line_number,
    identified_events.collector,
    identified_events.event_id,
    identified_events.event_name,
    identified_events.occurred_at,
    'blocked_by_plan' as reject_reason,
    blocking.detail,
    coalesce(
        identified_events.payload,
        cast({{ without_key(row_as_json('messages'), 'event_key') }} as varchar)
    ) as payload
from identified_events
inner join blocking
    on identified_events.event_key = blocking.event_key
inner join messages
    on identified_events.event_key = messages.event_key
