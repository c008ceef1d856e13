{# A struct of what one event of an mParticle batch says. #}
{% macro parse_mparticle_event(event) %}
    {{- return(adapter.dispatch("parse_mparticle_event")(event)) -}}
{% endmacro %}

{% macro duckdb__parse_mparticle_event(event) -%}
json_transform({{ event }}, '{
    "event_type": "VARCHAR", "data": {
        "event_id": "VARCHAR", "source_message_id": "VARCHAR", "session_uuid": "VARCHAR",
        "session_id": "VARCHAR", "timestamp_unixtime_ms": "VARCHAR",
        "event_name": "VARCHAR", "screen_name": "VARCHAR", "custom_event_type": "VARCHAR",
        "currency_code": "VARCHAR", "custom_attributes": "JSON", "product_action": {
            "action": "VARCHAR", "transaction_id": "VARCHAR", "total_amount": "VARCHAR",
            "products": "JSON"
        }
    }
}')
{%- endmacro %}
