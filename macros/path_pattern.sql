{# A pattern of items as items are written; one with a star keeps its ends as they are. #}
{% macro path_pattern(pattern, item) -%}
case
    when {{ pattern }} not like '%*%' then {{ path_item(pattern, item) }}
    when {{ item }} = 'event_name' then lower(replace({{ pattern }}, ' ', '_'))
    else {{ pattern }}
end
{%- endmacro %}
