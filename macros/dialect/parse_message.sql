{#
    A struct of the keys that any collector's object may have at its top, as text or
    JSON; all null where the line is a JSON value but not an object. Keys that only tell
    which collector wrote the line are among them.
#}
{% macro parse_message(line) %}
    {{- return(adapter.dispatch("parse_message")(line)) -}}
{% endmacro %}

{% macro duckdb__parse_message(line) -%}
json_transform({{ line }}, '{
    "type": "VARCHAR", "event": "VARCHAR", "event_name": "VARCHAR", "name": "VARCHAR",
    "event_id": "VARCHAR", "messageId": "VARCHAR",
    "user_id": "VARCHAR", "userId": "VARCHAR", "anonymous_id": "VARCHAR",
    "anonymousId": "VARCHAR", "device_id": "VARCHAR", "session_id": "VARCHAR",
    "previous_id": "VARCHAR", "previousId": "VARCHAR", "groupId": "VARCHAR",
    "timestamp": "VARCHAR", "originalTimestamp": "VARCHAR", "sentAt": "VARCHAR",
    "received_at": "VARCHAR", "receivedAt": "VARCHAR", "channel": "VARCHAR",
    "properties": "JSON", "traits": "JSON", "user_properties": "JSON",
    "context": "JSON", "groups": "JSON",
    "collector_tstamp": "VARCHAR", "distinct_id": "VARCHAR", "amplitude_id": "VARCHAR",
    "event_timestamp": "VARCHAR", "event_type": "VARCHAR", "time": "VARCHAR",
    "_p": "VARCHAR", "mpid": "VARCHAR", "events": "VARCHAR"
}')
{%- endmacro %}
