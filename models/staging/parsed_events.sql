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
    {{ first_filled(['parsed.page_url', 'parsed.own.url', 'parsed.own.page_url']) }}
        as page_url,
    {{ first_filled(['parsed.page_path', 'parsed.own.path', 'parsed.own.page_path']) }}
        as page_path,
    {{ first_filled([
        'parsed.page_title', 'parsed.own.title', 'parsed.own.page_title'
    ]) }} as page_title,
    {{ first_filled(['parsed.referrer', 'parsed.own.referrer']) }} as referrer,
    {{ first_filled(['parsed.utm_source', 'parsed.own.utm_source']) }} as utm_source,
    {{ first_filled(['parsed.utm_medium', 'parsed.own.utm_medium']) }} as utm_medium,
    {{ first_filled(['parsed.utm_campaign', 'parsed.own.utm_campaign']) }}
        as utm_campaign,
    {{ first_filled(['parsed.utm_term', 'parsed.own.utm_term']) }} as utm_term,
    {{ first_filled(['parsed.utm_content', 'parsed.own.utm_content']) }} as utm_content,
    {{ first_filled(['parsed.click_id', own_click_id('parsed.own')]) }} as click_id,
    case
        when trim(parsed.click_id) <> '' then parsed.click_parameter
        else {{ own_click_id('parsed.own', wants_name=true) }}
    end as click_parameter,
    {{ first_filled(['parsed.user_agent', 'parsed.own.user_agent']) }} as user_agent,
    {{ first_filled(['parsed.browser', 'parsed.own.browser']) }} as browser,
    {{ first_filled(['parsed.os', 'parsed.own.os']) }} as os,
    {{ first_filled(['parsed.device_type', 'parsed.own.device_type']) }} as device_type,
    {{ first_filled(['parsed.country', 'parsed.own.country']) }} as country,
    {{ first_filled(['parsed.region', 'parsed.own.region']) }} as region,
    {{ first_filled(['parsed.city', 'parsed.own.city']) }} as city,
    {{ first_filled(['parsed.locale', 'parsed.own.locale']) }} as locale,
    {{ first_filled(['parsed.app_version', 'parsed.own.app_version']) }} as app_version,
    {{ first_filled(['parsed.platform', 'parsed.own.platform']) }} as platform,
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
    {{ first_filled([
        'parsed.own.currency', struct_field('parsed.own', '$currency')
    ]) }} as currency
from parsed
