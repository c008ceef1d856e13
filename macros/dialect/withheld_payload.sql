{# What is shown of an event that came without consent and was rejected. #}
{% macro withheld_payload(event) %}
    {{- return(adapter.dispatch("withheld_payload")(event)) -}}
{% endmacro %}

{% macro duckdb__withheld_payload(event) -%}
cast(json_object(
    'consent', 'denied', 'event_id', {{ event }}.event_id, 'type', {{ event }}.event_type,
    'event', {{ event }}.source_event_name
) as varchar)
{%- endmacro %}
