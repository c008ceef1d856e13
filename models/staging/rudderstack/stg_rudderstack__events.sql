with landed_events as (
    select * from {{ ref('landed_events') }}
    where
        collector = 'rudderstack'
        and reject_reason is null
),

messages as (
    select
        landed_events.*,
        case
            when left(landed_events.context, 1) = '{'
                then {{ parse_context('landed_events.context') }}
        end as known
    from landed_events
),

renamed as (
    select
        messages.event_key,
        messages.file_name,
        messages.line_number,
        messages.payload,
        messages.collector,
        messages.copy_number,
        messages.line_hash,
        messages.unread_time,
        messages.event_id,
        case messages.message_type
            when 'merge' then 'alias' else messages.message_type
        end as event_type,
        messages.event_name as source_event_name,
        case
            when messages.unread_time is null
                then {{ happened_at('messages') }}
        end as occurred_at,
        messages.received_at,
        messages.user_id,
        messages.anonymous_id,
        messages.previous_id,
        coalesce(messages.session_id, messages.known.sessionid) as source_session_id,
        messages.sender_channel,
        messages.properties,
        messages.user_properties,
        {{ object_of(
            "'group'", 'coalesce(messages.group_id, messages.known.groupid)'
        ) }} as group_ids,
        messages.context,
        {{ consent_state('coalesce(
            messages.known.consentmanagement, messages.known.consent
        )') }} as consent,
        messages.known.page.url as page_url,
        messages.known.page.path as page_path,
        messages.known.page.title as page_title,
        coalesce(
            messages.known.page.referrer, messages.known.page.initial_referrer
        ) as referrer,
        messages.known.campaign.source as utm_source,
        messages.known.campaign.medium as utm_medium,
        messages.known.campaign.name as utm_campaign,
        messages.known.campaign.term as utm_term,
        messages.known.campaign.content as utm_content,
        coalesce(messages.known.useragent, messages.known.user_agent) as user_agent,
        messages.known.browser.name as browser,
        messages.known.os.name as os,
        messages.known.device.type as device_type,
        messages.known.location.country,
        messages.known.location.region,
        messages.known.location.city,
        messages.known.ip,
        messages.known.locale,
        messages.known.app.version as app_version,
        messages.known.platform,
        messages.known.library.name as library
    from messages
)

select * from renamed
