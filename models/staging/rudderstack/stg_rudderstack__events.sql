with landed_events as (
    select * from {{ ref('landed_events') }}
    where
        collector = 'rudderstack'
        and reject_reason is null
),

renamed as (
    select
        landed_events.event_key,
        landed_events.file_name,
        landed_events.line_number,
        landed_events.payload,
        landed_events.collector,
        landed_events.copy_number,
        landed_events.line_hash,
        landed_events.unread_time,
        landed_events.event_id,
        case landed_events.message_type
            when 'merge' then 'alias' else landed_events.message_type
        end as event_type,
        landed_events.event_name as source_event_name,
        case
            when landed_events.unread_time is null
                then {{ happened_at('landed_events') }}
        end as occurred_at,
        landed_events.received_at,
        landed_events.user_id,
        landed_events.anonymous_id,
        landed_events.previous_id,
        landed_events.session_id as source_session_id,
        landed_events.sender_channel,
        landed_events.properties,
        coalesce(
            nullif(landed_events.user_properties, '{}'),
            case
                when landed_events.message_type = 'identify'
                    then {{ json_field('landed_events.context', 'traits') }}
            end,
            landed_events.user_properties
        ) as user_properties,
        {{ object_of("'group'", json_string('landed_events.group_id')) }} as group_ids,
        landed_events.context,
        {{ consent_state('landed_events.consent') }} as consent,
        landed_events.page_url,
        landed_events.page_path,
        landed_events.page_title,
        nullif({{ first_filled([
            'landed_events.referrer', 'landed_events.initial_referrer'
        ]) }}, '$direct') as referrer,
        landed_events.utm_source,
        landed_events.utm_medium,
        landed_events.utm_campaign,
        landed_events.utm_term,
        landed_events.utm_content,
        landed_events.user_agent,
        landed_events.browser,
        landed_events.os,
        landed_events.device_type,
        landed_events.country,
        landed_events.region,
        landed_events.city,
        landed_events.ip,
        landed_events.locale,
        landed_events.app_version,
        landed_events.platform,
        landed_events.library
    from landed_events
)

select * from renamed
