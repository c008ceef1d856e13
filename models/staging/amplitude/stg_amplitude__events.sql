with landed_events as (
    select * from {{ ref('landed_events') }}
    where
        collector = 'amplitude'
        and reject_reason is null
),

parsed as (
    select
        landed_events.event_key,
        landed_events.file_name,
        landed_events.line_number,
        landed_events.line,
        landed_events.collector,
        landed_events.copy_number,
        landed_events.line_hash,
        {{ parse_amplitude('landed_events.line') }} as amplitude
    from landed_events
),

told as (
    select
        parsed.*,
        {{ json_field('parsed.amplitude.user_properties', '$set') }} as traits_now,
        {{ json_field('parsed.amplitude.user_properties', '$setOnce') }} as traits_once
    from parsed
),

timed as (
    select
        told.*,
        {{ merge_objects('told.traits_once', 'told.traits_now') }} as traits,
        {{ parse_timestamp('told.amplitude.event_time') }} as event_at,
        {{ parse_timestamp(
            'coalesce(told.amplitude.client_event_time, told.amplitude.time)'
        ) }} as original_at,
        {{ parse_timestamp('told.amplitude.client_upload_time') }} as sent_at,
        {{ parse_timestamp(
            'coalesce(told.amplitude.server_received_time, told.amplitude.server_upload_time)'
        ) }} as received_at,
        {{ unless_empty_list('told.amplitude.event_properties') }} as properties,
        coalesce(lower(told.amplitude.platform) = 'web', false)
        and not {{ has_match(
            'lower(told.amplitude.os_name)', operating_system_pattern()
        ) }} as is_of_browser,
        cast(told.line as string) as payload
    from told
),

renamed as (
    select
        timed.event_key,
        timed.file_name,
        timed.line_number,
        timed.payload,
        timed.collector,
        timed.copy_number,
        timed.line_hash,
        {{ unread_text(
            'coalesce(timed.amplitude.event_time, timed.amplitude.client_event_time,
                timed.amplitude.time)',
            'coalesce(timed.event_at, timed.original_at)'
        ) }} as unread_time,
        coalesce(
            nullif(trim(timed.amplitude.uuid), ''),
            nullif(trim({{ struct_field('timed.amplitude', '$insert_id') }}), ''),
            timed.amplitude.insert_id
        ) as event_id,
        case
            when nullif(trim(timed.amplitude.uuid), '') is null
                then timed.amplitude.device_id
        end as duplicate_key,
        case timed.amplitude.event_type
            when '$identify' then 'identify'
            when '$groupidentify' then 'group'
            when '[Amplitude] Page Viewed' then 'page'
            when '[Amplitude] Screen Viewed' then 'screen'
            else 'track'
        end as event_type,
        timed.amplitude.event_type as source_event_name,
        {{ happened_at('timed') }} as occurred_at,
        timed.received_at,
        timed.amplitude.user_id,
        timed.amplitude.device_id as anonymous_id,
        nullif(timed.amplitude.session_id, '-1') as source_session_id,
        timed.properties,
        coalesce(
            {{ with_key('timed.traits', '$set_once', 'timed.traits_once') }},
            {{ json_field('timed.amplitude.group_properties', '$set') }},
            {{ without_keys('timed.amplitude.user_properties', amplitude_operators()) }}
        ) as user_properties,
        timed.amplitude.groups as group_ids,
        timed.line as context,
        coalesce(
            {{ json_value('timed.properties', "'[Amplitude] Page Location'") }},
            {{ json_value('timed.properties', "'[Amplitude] Page URL'") }}
        ) as page_url,
        {{ json_value('timed.properties', "'[Amplitude] Page Path'") }}
            as page_path,
        {{ json_value('timed.properties', "'[Amplitude] Page Title'") }}
            as page_title,
        timed.amplitude.user_agent,
        -- Of a browser Amplitude's os_name is the browser's.
        case when timed.is_of_browser then timed.amplitude.os_name end as browser,
        case when not timed.is_of_browser then timed.amplitude.os_name end as os,
        coalesce(
            timed.amplitude.device_type, timed.amplitude.device_family
        ) as device_type,
        timed.amplitude.country,
        timed.amplitude.region,
        timed.amplitude.city,
        coalesce(timed.amplitude.ip_address, timed.amplitude.ip) as ip,
        timed.amplitude.language as locale,
        coalesce(
            timed.amplitude.version_name, timed.amplitude.app_version
        ) as app_version,
        timed.amplitude.platform,
        timed.amplitude.library
    from timed
)

select * from renamed
