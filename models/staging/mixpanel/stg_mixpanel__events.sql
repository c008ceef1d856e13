with landed_events as (
    select * from {{ ref('landed_events') }}
    where
        collector = 'mixpanel'
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
        {{ parse_mixpanel('landed_events.line') }} as mixpanel
    from landed_events
),

timed as (
    select
        parsed.*,
        parsed.mixpanel.properties as own,
        {{ parse_timestamp('parsed.mixpanel.properties.time') }} as event_at,
        {{ parse_timestamp('parsed.mixpanel.properties.mp_processing_time_ms') }}
            as received_at,
        {{ without_keys(
            json_field('parsed.line', 'properties'), mixpanel_keys()
        ) }} as properties,
        {{ struct_field('parsed.mixpanel.properties', '$distinct_ids') }} as merged_ids,
        {{ is_of_mixpanel_device('parsed.mixpanel.properties') }} as is_of_device,
        cast(parsed.line as string) as payload
    from parsed
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
        {{ unread_text('timed.own.time') }} as unread_time,
        nullif(trim({{ struct_field('timed.own', '$insert_id') }}), '') as event_id,
        {{ hash_text("concat_ws(' ', timed.mixpanel.event,
            timed.own.distinct_id,
            coalesce(cast(" ~ moment_number('timed.event_at') ~ " as string),
                timed.own.time))") }} as duplicate_key,
        case timed.mixpanel.event
            when '$identify' then 'identify'
            when '$create_alias' then 'alias'
            when '$merge' then 'alias'
            when '$mp_web_page_view' then 'page'
            else 'track'
        end as event_type,
        timed.mixpanel.event as source_event_name,
        {{ utc_of_zone('timed.event_at', var('mixpanel_time_zone')) }} as occurred_at,
        timed.received_at,
        coalesce(
            {{ first_filled([
                mixpanel_device(element_of('timed.merged_ids', 1)),
                struct_field('timed.own', '$identified_id'),
                struct_field('timed.own', '$user_id')
            ]) }},
            case
                when not timed.is_of_device then timed.own.distinct_id
                when {{ merges_ids('timed.mixpanel.event') }} then timed.own.alias
            end
        ) as user_id,
        coalesce(
            {{ first_filled([
                mixpanel_device(struct_field('timed.own', '$anon_id')),
                mixpanel_device(struct_field('timed.own', '$anon_distinct_id')),
                struct_field('timed.own', '$device_id')
            ]) }},
            case
                when timed.is_of_device
                    then {{ mixpanel_device('timed.own.distinct_id') }}
            end
        ) as anonymous_id,
        case
            when timed.mixpanel.event = '$identify'
                then {{ mixpanel_device(
                    "coalesce(" ~ struct_field('timed.own', '$anon_id') ~ ", "
                    ~ struct_field('timed.own', '$anon_distinct_id') ~ ")"
                ) }}
            when {{ merges_ids('timed.mixpanel.event') }} and timed.is_of_device
                then {{ mixpanel_device('timed.own.distinct_id') }}
            else coalesce(
                {{ mixpanel_device(element_of('timed.merged_ids', 2)) }},
                timed.own.alias
            )
        end as previous_id,
        timed.properties,
        {{ struct_field('timed.own', '$groups') }} as group_ids,
        timed.line as context,
        coalesce(
            {{ struct_field('timed.own', '$current_url') }},
            timed.own.current_url
        ) as page_url,
        timed.own.current_page_title as page_title,
        nullif({{ struct_field('timed.own', '$referrer') }}, '$direct') as referrer,
        {{ struct_field('timed.own', '$user_agent') }} as user_agent,
        {{ struct_field('timed.own', '$browser') }} as browser,
        {{ struct_field('timed.own', '$os') }} as os,
        {{ struct_field('timed.own', '$device') }} as device_type,
        timed.own.mp_country_code as country,
        {{ struct_field('timed.own', '$region') }} as region,
        {{ struct_field('timed.own', '$city') }} as city,
        coalesce(
            {{ struct_field('timed.own', '$ip') }}, timed.own.ip
        ) as ip,
        {{ struct_field('timed.own', '$app_version_string') }} as app_version,
        coalesce(
            timed.own.mp_lib,
            {{ struct_field('timed.own', '$lib') }}
        ) as library
    from timed
)

select * from renamed
