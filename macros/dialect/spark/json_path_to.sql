{% macro spark__json_path_to(key) -%}
concat('/', replace(replace({{ key }}, '~', '~0'), '/', '~1'))
{%- endmacro %}
