{# A page path without trailing slash (the root stays), or an event's name. #}
{% macro path_item(value, item) -%}
case {{ item }}
    when 'event_name' then {{ snake_case(value) }}
    else coalesce(nullif(trim(trailing '/' from {{ value }}), ''), left({{ value }}, 1))
end
{%- endmacro %}
