{# An event's id, or one made of what its line says and of which of its equals it is. #}
{% macro event_id_of(event) -%}
coalesce(
    nullif(trim({{ event }}.event_id), ''),
    case
        when {{ event }}.copy_number = 1 then {{ event }}.line_hash
        else concat({{ event }}.line_hash, '-', cast({{ event }}.copy_number as string))
    end
)
{%- endmacro %}
