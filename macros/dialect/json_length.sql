{# How many elements a JSON array has. #}
{% macro json_length(array) %}
    {{- return(adapter.dispatch("json_length")(array)) -}}
{% endmacro %}

{% macro duckdb__json_length(array) -%}
json_array_length({{ array }})
{%- endmacro %}
