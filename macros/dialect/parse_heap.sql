{# A struct of what a row of a Heap table says. #}
{% macro parse_heap(line) %}
    {{- return(adapter.dispatch("parse_heap")(line)) -}}
{% endmacro %}

{% macro duckdb__parse_heap(line) -%}
json_transform({{ line }}, '{
    "event_id": "VARCHAR", "user_id": "VARCHAR", "identity": "VARCHAR",
    "session_id": "VARCHAR", "time": "VARCHAR", "event_name": "VARCHAR",
    "type": "VARCHAR", "from_user_id": "VARCHAR", "to_user_id": "VARCHAR",
    "path": "VARCHAR", "domain": "VARCHAR", "query": "VARCHAR", "hash": "VARCHAR",
    "title": "VARCHAR", "referrer": "VARCHAR", "library": "VARCHAR",
    "platform": "VARCHAR", "browser": "VARCHAR", "device_type": "VARCHAR",
    "device": "VARCHAR", "country": "VARCHAR", "region": "VARCHAR", "city": "VARCHAR",
    "ip": "VARCHAR", "app_version": "VARCHAR", "utm_source": "VARCHAR",
    "utm_medium": "VARCHAR", "utm_campaign": "VARCHAR", "utm_term": "VARCHAR",
    "utm_content": "VARCHAR"
}')
{%- endmacro %}
