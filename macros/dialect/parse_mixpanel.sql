{# A struct of what a line of Mixpanel's export says outside the event's own properties. #}
{% macro parse_mixpanel(line) %}
    {{- return(adapter.dispatch("parse_mixpanel")(line)) -}}
{% endmacro %}

{% macro duckdb__parse_mixpanel(line) -%}
json_transform({{ line }}, '{
    "event": "VARCHAR", "properties": {
        "time": "VARCHAR", "distinct_id": "VARCHAR", "$insert_id": "VARCHAR",
        "$device_id": "VARCHAR", "$user_id": "VARCHAR", "alias": "VARCHAR",
        "mp_processing_time_ms": "VARCHAR", "$identified_id": "VARCHAR",
        "$anon_id": "VARCHAR", "$anon_distinct_id": "VARCHAR",
        "$distinct_ids": ["VARCHAR"], "$current_url": "VARCHAR",
        "current_url": "VARCHAR", "current_page_title": "VARCHAR",
        "$referrer": "VARCHAR", "$browser": "VARCHAR", "$os": "VARCHAR",
        "$device": "VARCHAR", "mp_country_code": "VARCHAR", "$region": "VARCHAR",
        "$city": "VARCHAR", "$ip": "VARCHAR", "ip": "VARCHAR",
        "$app_version_string": "VARCHAR", "mp_lib": "VARCHAR", "$lib": "VARCHAR",
        "$groups": "JSON", "$user_agent": "VARCHAR"
    }
}')
{%- endmacro %}
