{#
    The values that every collector has, from its context or else from the event's
    properties. `amount` is the first that is a number of revenue, value, total,
    order_total, amount and price times quantity.
#}
{% macro lifted_columns(context, properties) -%}
coalesce({{ context }}.page.url, {{ properties }}.url, {{ properties }}.page_url) as page_url,
coalesce({{ context }}.page.path, {{ properties }}.path, {{ properties }}.page_path) as page_path,
coalesce({{ context }}.page.title, {{ properties }}.title, {{ properties }}.page_title) as page_title,
coalesce({{ context }}.page.referrer, {{ properties }}.referrer) as referrer,
coalesce({{ context }}.campaign.source, {{ properties }}.utm_source) as utm_source,
coalesce({{ context }}.campaign.medium, {{ properties }}.utm_medium) as utm_medium,
coalesce({{ context }}.campaign.name, {{ properties }}.utm_campaign) as utm_campaign,
coalesce({{ context }}.campaign.term, {{ properties }}.utm_term) as utm_term,
coalesce({{ context }}.campaign.content, {{ properties }}.utm_content) as utm_content,
coalesce({{ properties }}.gclid, {{ properties }}.fbclid, {{ properties }}.msclkid, {{ properties }}.ttclid) as click_id, coalesce({{ properties }}.gclid, {{ properties }}.msclkid) as search_click_id,
coalesce({{ context }}.useragent, {{ context }}.user_agent, {{ properties }}.user_agent) as user_agent,
coalesce({{ context }}.browser.name, {{ properties }}.browser) as browser,
coalesce({{ context }}.os.name, {{ properties }}.os) as os,
coalesce({{ context }}.device.type, {{ properties }}.device_type) as device_type,
coalesce({{ context }}.location.country, {{ properties }}.country) as country,
coalesce({{ context }}.location.region, {{ properties }}.region) as region,
coalesce({{ context }}.location.city, {{ properties }}.city) as city,
{{ context }}.ip as ip, {{ context }}.channel as context_channel, {{ context }}.library.name as library,
coalesce({{ context }}.locale, {{ properties }}.locale) as locale,
coalesce({{ context }}.app.version, {{ properties }}.app_version) as app_version,
coalesce({{ context }}.platform, {{ properties }}.platform) as platform,
coalesce({{ money(properties ~ '.revenue') }}, {{ money(properties ~ '.value') }}, {{ money(properties ~ '.total') }}, {{ money(properties ~ '.order_total') }}, {{ money(properties ~ '.amount') }}, {{ money(properties ~ '.price') }} * coalesce({{ money(properties ~ '.quantity') }}, 1)) as amount, {{ properties }}.currency as currency
{%- endmacro %}
