{# A line's top keys: those that tell whose it is, and the own format's and Segment's. #}
{% macro parse_message(line) %}
    {{- return(adapter.dispatch("parse_message")(line)) -}}
{% endmacro %}

{% macro duckdb__parse_message(line) -%}
json_transform({{ line }}, '{
    "type": "VARCHAR", "event": "VARCHAR", "event_name": "VARCHAR", "name": "JSON",
    "event_id": "VARCHAR", "messageId": "VARCHAR", "user_id": "VARCHAR",
    "userId": "VARCHAR", "anonymous_id": "VARCHAR", "anonymousId": "VARCHAR",
    "device_id": "VARCHAR", "session_id": "VARCHAR", "previous_id": "VARCHAR",
    "previousId": "VARCHAR", "groupId": "VARCHAR", "timestamp": "VARCHAR",
    "originalTimestamp": "VARCHAR", "sentAt": "VARCHAR", "received_at": "VARCHAR",
    "receivedAt": "VARCHAR", "channel": "VARCHAR", "properties": "JSON",
    "traits": "JSON", "user_properties": "JSON", "context": "JSON", "groups": "JSON",
    "mergeProperties": "JSON", "collector_tstamp": "VARCHAR", "distinct_id": "VARCHAR",
    "amplitude_id": "VARCHAR", "event_properties": "VARCHAR", "category": "JSON",
    "client_event_time": "VARCHAR", "event_time": "VARCHAR", "event_type": "VARCHAR",
    "event_timestamp": "VARCHAR", "event_params": "JSON",
    "user_pseudo_id": "VARCHAR", "time": "VARCHAR", "identity": "VARCHAR",
    "from_user_id": "VARCHAR", "_p": "VARCHAR", "_n": "VARCHAR", "_t": "VARCHAR",
    "events": "JSON", "server_received_time": "VARCHAR", "created_at": "VARCHAR",
    "uuid": "VARCHAR", "derived_tstamp": "VARCHAR", "true_tstamp": "VARCHAR",
    "domain_userid": "VARCHAR", "rudderId": "VARCHAR", "request_ip": "VARCHAR"
}')
{%- endmacro %}
