with landed_events as (
    select
        landed.event_key,
        landed.file_name,
        landed.line_number,
        landed.collector,
        landed.copy_number,
        landed.line_hash,
        {{ with_object('landed.line', 'properties') }} as line
    from {{ ref('landed_events') }} as landed
    where landed.collector = 'posthog' and landed.reject_reason is null
),

opened as (
    select
        {{ all_but('landed_events', ['line']) }},
        {{ with_object('landed_events.line', 'person_properties') }} as line
    from landed_events
),

parsed as (
    select
        opened.*,
        {{ parse_posthog('opened.line') }} as posthog
    from opened
),

timed as (
    select
        parsed.*,
        parsed.posthog.properties as own,
        {{ parse_timestamp('parsed.posthog.timestamp') }} as event_at,
        {{ parse_timestamp('parsed.posthog.created_at') }} as received_at,
        {{ without_keys(json_field('parsed.line', 'properties'), posthog_keys()) }}
            as properties,
        {{ merge_objects(
            struct_field('parsed.posthog.properties', '$set_once'),
            struct_field('parsed.posthog.properties', '$set')
        ) }} as traits,
        {{ is_of_posthog_device('parsed.posthog') }} as is_of_device
    from parsed
),

renamed as (
    select
        timed.event_key,
        timed.file_name,
        timed.line_number,
        cast(timed.line as string) as payload,
        timed.collector,
        timed.copy_number,
        timed.line_hash,
        {{ unread_text('timed.posthog.timestamp') }} as unread_time,
        timed.posthog.uuid as event_id,
        case
            when timed.posthog.event in ('$identify', '$set') then 'identify'
            when {{ merges_ids('timed.posthog.event') }} then 'alias'
            when timed.posthog.event = '$groupidentify' then 'group'
            when timed.posthog.event = '$pageview' then 'page'
            when timed.posthog.event = '$screen' then 'screen'
            else 'track'
        end as event_type,
        timed.posthog.event as source_event_name,
        timed.event_at as occurred_at,
        timed.received_at,
        coalesce(
            {{ first_filled([struct_field('timed.own', '$user_id')]) }},
            case
                when not timed.is_of_device then {{ posthog_user('timed.posthog') }}
                when {{ merges_ids('timed.posthog.event') }} then timed.own.alias
            end
        ) as user_id,
        {{ first_filled([
            struct_field('timed.own', '$device_id'),
            struct_field('timed.own', '$anon_distinct_id'),
            "case when " ~ struct_field('timed.own', '$is_identified')
            ~ " = 'false' then timed.posthog.distinct_id end"
        ]) }} as anonymous_id,
        case
            when timed.posthog.event = '$identify'
                then {{ struct_field('timed.own', '$anon_distinct_id') }}
            when {{ merges_ids('timed.posthog.event') }} and timed.is_of_device
                then timed.posthog.distinct_id
            when {{ merges_ids('timed.posthog.event') }} then timed.own.alias
        end as previous_id,
        {{ struct_field('timed.own', '$session_id') }} as source_session_id,
        timed.properties,
        coalesce(
            {{ with_key(
                'timed.traits', '$set_once', struct_field('timed.own', '$set_once')
            ) }},
            {{ struct_field('timed.own', '$group_set') }},
            timed.posthog.person_properties
        ) as user_properties,
        coalesce(
            {{ struct_field('timed.own', '$groups') }},
            {{ object_of(struct_field('timed.own', '$group_type'),
                json_string(struct_field('timed.own', '$group_key'))) }}
        ) as group_ids,
        timed.line as context,
        case {{ struct_field('timed.own', '$cookieless_mode') }}
            when 'true' then 'denied'
        end as consent,
        {{ struct_field('timed.own', '$current_url') }} as page_url,
        {{ struct_field('timed.own', '$pathname') }} as page_path,
        {{ struct_field('timed.own', '$screen_name') }} as page_title,
        nullif({{ struct_field('timed.own', '$referrer') }}, '$direct') as referrer,
        {{ struct_field('timed.own', '$raw_user_agent') }} as user_agent,
        {{ struct_field('timed.own', '$browser') }} as browser,
        {{ struct_field('timed.own', '$os') }} as os,
        {{ struct_field('timed.own', '$device_type') }} as device_type,
        {{ struct_field('timed.own', '$geoip_country_code') }} as country,
        {{ struct_field('timed.own', '$geoip_subdivision_1_name') }} as region,
        {{ struct_field('timed.own', '$geoip_city_name') }} as city,
        coalesce(timed.posthog.ip, {{ struct_field('timed.own', '$ip') }}) as ip,
        coalesce(
            {{ struct_field('timed.own', '$locale') }},
            {{ struct_field('timed.own', '$browser_language') }}
        ) as locale,
        {{ struct_field('timed.own', '$app_version') }} as app_version,
        {{ struct_field('timed.own', '$lib') }} as library
    from timed
)

select * from renamed
