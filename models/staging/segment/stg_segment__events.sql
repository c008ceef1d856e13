with landed_events as (
    select * from {{ ref('landed_events') }}
),

renamed as (
    select
        landed_events.event_key,
        landed_events.file_name,
        landed_events.line_number,
        landed_events.payload,
        landed_events.collector,
        landed_events.copy_number,
        landed_events.event_id,
        landed_events.line_hash,
        landed_events.message_type as event_type,
        landed_events.event_name as source_event_name,
        landed_events.unread_time,
        case
            when landed_events.unread_time is null
                then {{ segment_time('landed_events') }}
        end as occurred_at,
        landed_events.received_at,
        landed_events.user_id,
        landed_events.anonymous_id,
        landed_events.previous_id,
        landed_events.session_id as source_session_id,
        landed_events.sender_channel,
        landed_events.properties,
        landed_events.user_properties,
        {{ object_of("'group'", 'landed_events.group_id') }} as group_ids,
        landed_events.context
    from landed_events
    where
        landed_events.collector = 'segment'
        and landed_events.reject_reason is null
)

select * from renamed
