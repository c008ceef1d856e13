{{ config(meta={'follows': 'events', 'journals': 'days'}) }}

with enriched_events as (
    select * from {{ ref('enriched_events') }}
),

left_out_events as (
    select * from {{ ref('left_out_events') }}
),

shared_events as (
    select * from {{ ref('shared_events') }}
    where is_ambiguous
),

blocked_identifiers as (
    select lower(trim(identifier)) as identifier from {{ ref('blocked_identifiers') }}
),

server_libraries as (
    select * from {{ ref('server_libraries') }}
),

non_interaction_events as (
    select distinct {{ snake_case('event') }} as event_name
    from {{ ref('non_interaction_events') }}
),

revenue_events as (
    select distinct
        collector,
        event_name
    from {{ ref('revenue_events') }}
),

kept as (
    select
        enriched_events.*,
        {{ unless_blocked('enriched_events.user_id') }} as known_user_id,
        {{ unless_blocked('enriched_events.anonymous_id') }} as known_anonymous_id,
        {{ unless_blocked('enriched_events.previous_id') }} as known_previous_id,
        {{ external_host(
            'enriched_events.referrer_host', 'enriched_events.page_host'
        ) }} as external_referrer_host
    from enriched_events
    where
        not exists (
            select 1 from left_out_events
            where left_out_events.event_key = enriched_events.event_key
        )
)

select
    kept.event_key,
    kept.file_name,
    kept.collector,
    case
        when shared_events.event_key is not null
            then concat(kept.event_id, '-', coalesce(kept.duplicate_key, ''))
        else kept.event_id
    end as event_id,
    kept.event_type,
    kept.event_name,
    kept.source_event_name,
    kept.occurred_at,
    kept.received_at,
    kept.consent,
    nullif(kept.user_id, '') as user_id,
    nullif(kept.anonymous_id, '') as anonymous_id,
    kept.known_user_id,
    kept.known_anonymous_id,
    kept.known_previous_id,
    nullif(kept.source_session_id, '') as source_session_id,
    kept.page_url,
    kept.page_host,
    kept.page_path,
    kept.page_title,
    kept.referrer,
    kept.referrer_host,
    kept.external_referrer_host,
    kept.utm_source,
    kept.utm_medium,
    kept.utm_campaign,
    kept.utm_term,
    kept.utm_content,
    kept.click_id,
    kept.click_parameter,
    kept.user_agent,
    kept.browser,
    kept.os,
    kept.device_type,
    kept.country,
    kept.region,
    kept.city,
    kept.ip,
    kept.locale,
    kept.app_version,
    kept.platform,
    kept.library,
    case
        when coalesce(own_revenue.event_name, any_revenue.event_name) is not null
            then kept.amount
    end as revenue,
    kept.currency,
    kept.event_type in ('track', 'page', 'screen')
    and non_interaction_events.event_name is null
    and (
        kept.known_anonymous_id is not null
        or (
            coalesce(kept.sender_channel, '') not in ('server', 'sources')
            and server_libraries.library is null
        )
    ) as is_interaction
from kept
left join non_interaction_events
    on kept.event_name = non_interaction_events.event_name
left join shared_events
    on kept.event_key = shared_events.event_key
left join server_libraries
    on {{ library_name('kept.library') }} = server_libraries.library
left join revenue_events as own_revenue
    on
        kept.event_name = own_revenue.event_name
        and kept.collector = own_revenue.collector
left join revenue_events as any_revenue
    on
        kept.event_name = any_revenue.event_name
        and any_revenue.collector = '*'
