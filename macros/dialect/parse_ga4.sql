{# A struct of what a row of the GA4 BigQuery export says. #}
{% macro parse_ga4(line) %}
    {{- return(adapter.dispatch("parse_ga4")(line)) -}}
{% endmacro %}

{% macro duckdb__parse_ga4(line) -%}
json_transform({{ line }}, '{
    "event_timestamp": "VARCHAR", "event_name": "VARCHAR", "stream_id": "VARCHAR",
    "event_server_timestamp_offset": "VARCHAR", "user_pseudo_id": "VARCHAR",
    "user_id": "VARCHAR", "event_bundle_sequence_id": "VARCHAR",
    "batch_page_id": "VARCHAR", "batch_ordering_id": "VARCHAR",
    "batch_event_index": "VARCHAR", "platform": "VARCHAR",
    "event_params": "JSON", "user_properties": "JSON", "privacy_info": "JSON",
    "device": {"category": "VARCHAR", "operating_system": "VARCHAR",
        "language": "VARCHAR", "web_info": {"browser": "VARCHAR"}},
    "geo": {"country": "VARCHAR", "region": "VARCHAR", "city": "VARCHAR"},
    "app_info": {"version": "VARCHAR"},
    "collected_traffic_source": {"manual_source": "VARCHAR", "manual_medium": "VARCHAR",
        "manual_campaign_name": "VARCHAR", "manual_term": "VARCHAR",
        "manual_content": "VARCHAR", "gclid": "VARCHAR", "dclid": "VARCHAR"},
    "ecommerce": {"purchase_revenue": "VARCHAR", "transaction_id": "VARCHAR"}
}')
{%- endmacro %}
