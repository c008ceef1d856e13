{# The value of one key at the top of a JSON object, as text; null where there is none. #}
{% macro json_value(object, key) %}
    {{- return(adapter.dispatch("json_value")(object, key)) -}}
{% endmacro %}

{% macro duckdb__json_value(object, key) -%}
json_extract_string(
    {{ object }}, concat('/', replace(replace({{ key }}, '~', '~0'), '/', '~1'))
)
{%- endmacro %}
