{{ config(materialized='view') }}

with identified_events as (
    select * from {{ ref('identified_events') }}
),

parsed as (
    select
        identified_events.*,
        case
            when left(identified_events.properties, 1) = '{'
                then {{ parse_properties('identified_events.properties') }}
        end as own
    from identified_events
)

-- What a collector puts in a place of its own is also taken from the properties.
select
    {{ all_but('parsed', [
        'own', 'page_url', 'page_path', 'page_title', 'referrer', 'utm_source',
        'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'click_id',
        'click_parameter', 'user_agent', 'browser', 'os', 'device_type', 'country',
        'region', 'city', 'locale', 'app_version', 'platform'
    ]) }},
    coalesce(parsed.page_url, parsed.own.url, parsed.own.page_url) as page_url,
    coalesce(parsed.page_path, parsed.own.path, parsed.own.page_path) as page_path,
    coalesce(parsed.page_title, parsed.own.title, parsed.own.page_title)
        as page_title,
    coalesce(parsed.referrer, parsed.own.referrer) as referrer,
    coalesce(parsed.utm_source, parsed.own.utm_source) as utm_source,
    coalesce(parsed.utm_medium, parsed.own.utm_medium) as utm_medium,
    coalesce(parsed.utm_campaign, parsed.own.utm_campaign) as utm_campaign,
    coalesce(parsed.utm_term, parsed.own.utm_term) as utm_term,
    coalesce(parsed.utm_content, parsed.own.utm_content) as utm_content,
    coalesce(
        parsed.click_id, parsed.own.gclid, parsed.own.msclkid, parsed.own.ttclid,
        parsed.own.fbclid
    ) as click_id,
    case
        when parsed.click_id is not null then parsed.click_parameter
        when parsed.own.gclid is not null then 'gclid'
        when parsed.own.msclkid is not null then 'msclkid'
        when parsed.own.ttclid is not null then 'ttclid'
        when parsed.own.fbclid is not null then 'fbclid'
    end as click_parameter,
    coalesce(parsed.user_agent, parsed.own.user_agent) as user_agent,
    coalesce(parsed.browser, parsed.own.browser) as browser,
    coalesce(parsed.os, parsed.own.os) as os,
    coalesce(parsed.device_type, parsed.own.device_type) as device_type,
    coalesce(parsed.country, parsed.own.country) as country,
    coalesce(parsed.region, parsed.own.region) as region,
    coalesce(parsed.city, parsed.own.city) as city,
    coalesce(parsed.locale, parsed.own.locale) as locale,
    coalesce(parsed.app_version, parsed.own.app_version) as app_version,
    coalesce(parsed.platform, parsed.own.platform) as platform,
    coalesce(
        {{ money('parsed.own.revenue') }},
        {{ money(struct_field('parsed.own', '$revenue')) }},
        {{ money('parsed.own.value') }},
        {{ money('parsed.own.total') }},
        {{ money('parsed.own.order_total') }},
        {{ money('parsed.own.amount') }},
        {{ product_of_money('parsed.own.price', 'parsed.own.quantity') }},
        {{ product_of_money(
            struct_field('parsed.own', '$price'), struct_field('parsed.own', '$quantity')
        ) }}
    ) as amount,
    parsed.own.currency
from parsed
