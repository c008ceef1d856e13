{# A struct of what a line of Amplitude's export or upload says. #}
{% macro parse_amplitude(line) %}
    {{- return(adapter.dispatch("parse_amplitude")(line)) -}}
{% endmacro %}

{% macro duckdb__parse_amplitude(line) -%}
json_transform({{ line }}, '{
    "uuid": "VARCHAR", "$insert_id": "VARCHAR", "insert_id": "VARCHAR",
    "device_id": "VARCHAR", "user_id": "VARCHAR", "event_type": "VARCHAR",
    "session_id": "VARCHAR", "event_time": "VARCHAR", "time": "VARCHAR",
    "client_event_time": "VARCHAR", "client_upload_time": "VARCHAR",
    "server_received_time": "VARCHAR", "server_upload_time": "VARCHAR",
    "event_properties": "JSON", "user_properties": "JSON", "groups": "JSON",
    "platform": "VARCHAR", "os_name": "VARCHAR", "device_type": "VARCHAR",
    "device_family": "VARCHAR", "country": "VARCHAR", "region": "VARCHAR",
    "city": "VARCHAR", "ip_address": "VARCHAR", "ip": "VARCHAR",
    "language": "VARCHAR", "version_name": "VARCHAR", "app_version": "VARCHAR",
    "library": "VARCHAR", "user_agent": "VARCHAR", "group_properties": "JSON"
}')
{%- endmacro %}
