{% macro spark__parse_posthog(line) -%}
{%- set properties = json_map(line) ~ "['properties']" -%}
{{ json_struct(line, [
    'uuid', 'event', 'distinct_id', 'timestamp', 'sent_at', 'created_at', 'ip'
], ['person_properties', '$set'], others={
    'properties': json_struct(properties, [
        '$device_id', '$session_id', '$anon_distinct_id', '$user_id', 'alias',
        '$is_identified', '$group_type', '$group_key', '$current_url', '$pathname',
        '$screen_name', '$referrer', '$raw_user_agent', '$browser', '$os',
        '$device_type', '$ip', '$geoip_country_code', '$geoip_subdivision_1_name',
        '$geoip_city_name', '$locale', '$browser_language', '$app_version', '$lib',
        '$cookieless_mode'
    ], ['$set', '$set_once', '$groups', '$group_set']),
}) }}
{%- endmacro %}
