{% macro spark__object_of(key, value) -%}
concat('{', {{ json_string(key) }}, ':', {{ value }}, '}')
{%- endmacro %}
