{% macro spark__withheld_payload(event) -%}
to_json(named_struct(
    'consent', 'denied', 'event_id', {{ event }}.event_id, 'type', {{ event }}.event_type,
    'event', {{ event }}.source_event_name
), map('ignoreNullFields', 'false'))
{%- endmacro %}
