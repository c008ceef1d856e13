{# The text of a time that could not be read; null where the line's time was read. #}
{% macro unread_time(line) -%}
case
    when
        coalesce({{ line }}.event_at, {{ line }}.original_at) is null
        or ({{ line }}.event_at is null and trim({{ line }}.event_time) <> '')
        then coalesce(
            nullif(trim({{ line }}.event_time), ''),
            nullif(trim({{ line }}.message.originaltimestamp), '')
        )
end
{%- endmacro %}
