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
        nullif(trim(landed_events.event_id), '') as event_id,
        landed_events.line_hash,
        landed_events.message_type as event_type,
        landed_events.event_name as source_event_name,
        coalesce(
            nullif(trim(landed_events.event_time), ''), landed_events.original_time
        ) as occurred_text,
        -- Without timestamp, the device's clock is set right by what it said when it
        -- sent the message and when that arrived.
        case
            when nullif(trim(landed_events.event_time), '') is not null
                then {{ parse_timestamp('landed_events.event_time') }}
            else coalesce(
                {{ parse_timestamp('landed_events.received_time') }}
                - (
                    {{ parse_timestamp('landed_events.sent_time') }}
                    - {{ parse_timestamp('landed_events.original_time') }}
                ),
                {{ parse_timestamp('landed_events.original_time') }}
            )
        end as occurred_at,
        {{ parse_timestamp('landed_events.received_time') }} as received_at,
        landed_events.user_id,
        landed_events.anonymous_id,
        landed_events.previous_id,
        landed_events.session_id as source_session_id,
        landed_events.sender_channel,
        {{ merge_objects(
            'landed_events.properties', object_of("'name'", 'landed_events.page_name')
        ) }} as properties,
        landed_events.user_properties,
        {{ object_of("'group'", 'landed_events.group_id') }} as group_ids,
        landed_events.context
    from landed_events
    where
        landed_events.collector = 'segment'
        and landed_events.reject_reason is null
)

select * from renamed
