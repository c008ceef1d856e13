{{ config(materialized='view') }}

with lifted as (
    select
        parsed_events.*,
        {{ url_campaign('parsed_events.page_url') }} as page_query
    from {{ ref('parsed_events') }} as parsed_events
)

select
    lifted.event_key,
    lifted.file_name,
    lifted.collector,
    lifted.event_id,
    lifted.event_type,
    lifted.event_name,
    coalesce(lifted.source_event_name, lifted.event_type) as source_event_name,
    lifted.occurred_at,
    lifted.received_at,
    lifted.user_id,
    lifted.anonymous_id,
    lifted.previous_id,
    lifted.source_session_id,
    lifted.page_url,
    {{ url_host('lifted.page_url') }} as page_host,
    coalesce(lifted.page_path, {{ url_path('lifted.page_url') }}) as page_path,
    lifted.page_title,
    lifted.referrer,
    {{ url_host('lifted.referrer') }} as referrer_host,
    coalesce(lifted.utm_source, {{ url_parameter('lifted.page_query', 'utm_source') }})
        as utm_source,
    coalesce(lifted.utm_medium, {{ url_parameter('lifted.page_query', 'utm_medium') }})
        as utm_medium,
    coalesce(
        lifted.utm_campaign,
        {{ url_parameter('lifted.page_query', 'utm_campaign') }}
    ) as utm_campaign,
    coalesce(lifted.utm_term, {{ url_parameter('lifted.page_query', 'utm_term') }})
        as utm_term,
    coalesce(
        lifted.utm_content, {{ url_parameter('lifted.page_query', 'utm_content') }}
    )
        as utm_content,
    coalesce(lifted.click_id, {{ url_click_id('lifted.page_query') }}) as click_id,
    coalesce(lifted.click_parameter, {{ click_parameter('lifted.page_query') }})
        as click_parameter,
    lifted.user_agent,
    lifted.browser,
    lifted.os,
    lifted.device_type,
    lifted.country,
    lifted.region,
    lifted.city,
    {{ truncated_ip('lifted.ip') }} as ip,
    lifted.locale,
    lifted.app_version,
    lifted.platform,
    lifted.library,
    coalesce(lifted.sender_channel, lifted.context_channel) as sender_channel,
    lifted.amount,
    lifted.currency
from lifted
