{# A struct of what a line of a PostHog export says outside the event's own properties. #}
{% macro parse_posthog(line) %}
    {{- return(adapter.dispatch("parse_posthog")(line)) -}}
{% endmacro %}

{% macro duckdb__parse_posthog(line) -%}
json_transform({{ line }}, '{
    "uuid": "VARCHAR", "event": "VARCHAR", "distinct_id": "VARCHAR",
    "timestamp": "VARCHAR", "sent_at": "VARCHAR", "created_at": "VARCHAR",
    "person_properties": "JSON", "$set": "JSON", "ip": "VARCHAR", "properties": {
        "$device_id": "VARCHAR", "$session_id": "VARCHAR", "$anon_distinct_id": "VARCHAR",
        "$user_id": "VARCHAR", "alias": "VARCHAR", "$is_identified": "VARCHAR",
        "$set": "JSON", "$set_once": "JSON", "$groups": "JSON",
        "$group_type": "VARCHAR", "$group_key": "VARCHAR", "$group_set": "JSON",
        "$current_url": "VARCHAR", "$pathname": "VARCHAR", "$screen_name": "VARCHAR",
        "$referrer": "VARCHAR", "$raw_user_agent": "VARCHAR", "$browser": "VARCHAR",
        "$os": "VARCHAR", "$device_type": "VARCHAR", "$ip": "VARCHAR",
        "$geoip_country_code": "VARCHAR", "$geoip_subdivision_1_name": "VARCHAR",
        "$geoip_city_name": "VARCHAR", "$locale": "VARCHAR", "$browser_language": "VARCHAR",
        "$app_version": "VARCHAR", "$lib": "VARCHAR",
        "$cookieless_mode": "VARCHAR"
    }
}')
{%- endmacro %}
