{# The keys of an own-format line that have no meaning of their own, as an object. #}
{% macro other_keys(line) %}
    {{- return(adapter.dispatch("other_keys")(line)) -}}
{% endmacro %}

{% macro duckdb__other_keys(line) -%}
nullif(json_merge_patch({{ line }}, '{
    "type": null, "event": null, "event_name": null, "event_id": null,
    "user_id": null, "anonymous_id": null, "device_id": null, "session_id": null,
    "previous_id": null, "timestamp": null, "received_at": null, "properties": null,
    "user_properties": null, "context": null, "groups": null
}'), '{}')
{%- endmacro %}
