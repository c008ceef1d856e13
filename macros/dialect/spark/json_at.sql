{% macro spark__json_at(object, path) -%}
{{ json_at_key(
    object, "replace(replace(substr(" ~ path ~ ", 2), '~1', '/'), '~0', '~')"
) }}
{%- endmacro %}
