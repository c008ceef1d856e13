{# The reserved properties of PostHog that are columns of an event. #}
{% macro posthog_keys() -%}
{{ return([
    '$device_id', '$session_id', '$anon_distinct_id', '$user_id', '$is_identified',
    '$set', '$set_once', '$groups', '$group_type', '$group_key', '$group_set',
    '$current_url', '$pathname', '$referrer', '$raw_user_agent',
    '$browser', '$os', '$device_type', '$ip', '$geoip_country_code',
    '$geoip_subdivision_1_name', '$geoip_city_name', '$locale', '$browser_language',
    '$app_version', '$lib', '$cookieless_mode'
]) }}
{%- endmacro %}
