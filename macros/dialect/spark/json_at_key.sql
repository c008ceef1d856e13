{# Spark only. The value of one key of a JSON object as JSON; null where there is none. #}
{% macro json_at_key(object, key) -%}
coalesce(
    {{ json_part(object, key) }},
    case when map_contains_key({{ json_map(object) }}, {{ key }}) then 'null' end
)
{%- endmacro %}
