{% macro spark__without_key(object, key) -%}
{{ marked_object(
    "map_filter(" ~ marked_map(object) ~ ", (name, held) -> name <> 'S" ~ key ~ "')"
) }}
{%- endmacro %}
