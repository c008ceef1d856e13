{# Spark only. A JSON object without the keys that another has. #}
{% macro without_keys_of(object, other) -%}
{{ bound('taken', "json_object_keys(" ~ other ~ ")", marked_object(
    "map_filter(" ~ marked_map(object)
    ~ ", (name, held) -> not array_contains(taken, substr(name, 2)))"
)) }}
{%- endmacro %}
