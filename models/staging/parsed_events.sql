{{ config(materialized='view') }}

with identified_events as (
    select * from {{ ref('identified_events') }}
),

parsed as (
    select
        identified_events.*,
        case
            when left(identified_events.context, 1) = '{'
                then {{ parse_context('identified_events.context') }}
        end as known_context,
        case
            when left(identified_events.properties, 1) = '{'
                then {{ parse_properties('identified_events.properties') }}
        end as known_properties
    from identified_events
)

select
    parsed.*,
    coalesce(
        parsed.known_context.page.url, parsed.known_properties.url,
        parsed.known_properties.page_url
    ) as page_url,
    coalesce(
        parsed.known_context.page.path, parsed.known_properties.path,
        parsed.known_properties.page_path
    ) as page_path,
    coalesce(
        parsed.known_context.page.title, parsed.known_properties.title,
        parsed.known_properties.page_title
    ) as page_title,
    coalesce(
        parsed.known_context.page.referrer, parsed.known_properties.referrer
    ) as referrer,
    coalesce(
        parsed.known_context.campaign.source, parsed.known_properties.utm_source
    ) as utm_source,
    coalesce(
        parsed.known_context.campaign.medium, parsed.known_properties.utm_medium
    ) as utm_medium,
    coalesce(
        parsed.known_context.campaign.name, parsed.known_properties.utm_campaign
    ) as utm_campaign,
    coalesce(
        parsed.known_context.campaign.term, parsed.known_properties.utm_term
    ) as utm_term,
    coalesce(
        parsed.known_context.campaign.content, parsed.known_properties.utm_content
    ) as utm_content,
    coalesce(
        parsed.known_properties.gclid, parsed.known_properties.msclkid,
        parsed.known_properties.ttclid, parsed.known_properties.fbclid
    ) as click_id,
    case
        when parsed.known_properties.gclid is not null then 'gclid'
        when parsed.known_properties.msclkid is not null then 'msclkid'
        when parsed.known_properties.ttclid is not null then 'ttclid'
        when parsed.known_properties.fbclid is not null then 'fbclid'
    end as click_parameter,
    coalesce(
        parsed.known_context.useragent, parsed.known_context.user_agent,
        parsed.known_properties.user_agent
    ) as user_agent,
    coalesce(
        parsed.known_context.browser.name, parsed.known_properties.browser
    ) as browser,
    coalesce(parsed.known_context.os.name, parsed.known_properties.os) as os,
    coalesce(
        parsed.known_context.device.type, parsed.known_properties.device_type
    ) as device_type,
    coalesce(
        parsed.known_context.location.country, parsed.known_properties.country
    ) as country,
    coalesce(
        parsed.known_context.location.region, parsed.known_properties.region
    ) as region,
    coalesce(parsed.known_context.location.city, parsed.known_properties.city) as city,
    parsed.known_context.ip,
    parsed.known_context.channel as context_channel,
    parsed.known_context.library.name as library,
    coalesce(parsed.known_context.locale, parsed.known_properties.locale) as locale,
    coalesce(
        parsed.known_context.app.version, parsed.known_properties.app_version
    ) as app_version,
    coalesce(
        parsed.known_context.platform, parsed.known_properties.platform
    ) as platform,
    coalesce(
        {{ money('parsed.known_properties.revenue') }},
        {{ money('parsed.known_properties.value') }},
        {{ money('parsed.known_properties.total') }},
        {{ money('parsed.known_properties.order_total') }},
        {{ money('parsed.known_properties.amount') }},
        {{ product_of_money(
            'parsed.known_properties.price', 'parsed.known_properties.quantity'
        ) }}
    ) as amount,
    parsed.known_properties.currency
from parsed
