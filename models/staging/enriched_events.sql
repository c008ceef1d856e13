{{ config(materialized='view') }}

with lifted as (
    select
        parsed_events.*,
        {{ url_campaign('parsed_events.page_url') }} as page_query
    from {{ ref('parsed_events') }} as parsed_events
),

found as (
    select
        lifted.*,
        lower({{ click_part('lifted.page_query', 1) }}) as url_click_parameter,
        {{ url_text(click_part('lifted.page_query', 2)) }} as url_click_id
    from lifted
),

-- An advertisement's click in the URL counts before one of another kind beside it.
clicked as (
    select
        found.*,
        found.url_click_id is not null and (
            found.click_id is null
            or {{ is_paid_click('found.url_click_parameter') }}
            and not {{ is_paid_click('found.click_parameter') }}
        ) as has_url_click
    from found
)

select
    clicked.event_key,
    clicked.file_name,
    clicked.collector,
    clicked.event_id,
    clicked.duplicate_key,
    clicked.event_type,
    clicked.event_name,
    coalesce(clicked.source_event_name, clicked.event_type) as source_event_name,
    clicked.occurred_at,
    clicked.received_at,
    clicked.consent,
    {{ unless_denied('clicked', 'clicked.user_id') }} as user_id,
    {{ unless_denied('clicked', 'clicked.anonymous_id') }} as anonymous_id,
    {{ unless_denied('clicked', 'clicked.previous_id') }} as previous_id,
    {{ unless_denied('clicked', 'clicked.source_session_id') }} as source_session_id,
    coalesce(
        {{ unless_denied('clicked', 'clicked.page_url') }},
        {{ url_without_query('clicked.page_url') }}
    ) as page_url,
    {{ url_host('clicked.page_url') }} as page_host,
    coalesce(
        {{ unless_denied('clicked', 'clicked.page_path') }},
        {{ url_without_query('clicked.page_path') }},
        {{ url_path('clicked.page_url') }}
    ) as page_path,
    clicked.page_title,
    coalesce(
        {{ unless_denied('clicked', 'clicked.referrer') }},
        {{ url_without_query('clicked.referrer') }}
    ) as referrer,
    {{ url_host('clicked.referrer') }} as referrer_host,
    coalesce(
        clicked.utm_source, {{ url_parameter('clicked.page_query', 'utm_source') }}
    ) as utm_source,
    coalesce(
        clicked.utm_medium, {{ url_parameter('clicked.page_query', 'utm_medium') }}
    ) as utm_medium,
    coalesce(
        clicked.utm_campaign,
        {{ url_parameter('clicked.page_query', 'utm_campaign') }}
    ) as utm_campaign,
    coalesce(
        clicked.utm_term, {{ url_parameter('clicked.page_query', 'utm_term') }}
    ) as utm_term,
    coalesce(
        clicked.utm_content, {{ url_parameter('clicked.page_query', 'utm_content') }}
    ) as utm_content,
    {{ unless_denied(
        'clicked',
        'case when clicked.has_url_click then clicked.url_click_id'
        ~ ' else clicked.click_id end'
    ) }} as click_id,
    case
        when clicked.has_url_click then clicked.url_click_parameter
        else clicked.click_parameter
    end as click_parameter,
    clicked.user_agent,
    clicked.browser,
    clicked.os,
    clicked.device_type,
    clicked.country,
    clicked.region,
    clicked.city,
    {{ unless_denied('clicked', truncated_ip('trim(clicked.ip)')) }} as ip,
    clicked.locale,
    clicked.app_version,
    clicked.platform,
    clicked.library,
    clicked.sender_channel,
    clicked.amount,
    clicked.currency
from clicked
