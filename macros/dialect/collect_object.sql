{# Aggregates keys and values to one JSON object. #}
{% macro collect_object(key, value) %}
    {{- return(adapter.dispatch("collect_object")(key, value)) -}}
{% endmacro %}

{% macro duckdb__collect_object(key, value) -%}
json_group_object({{ key }}, {{ value }})
{%- endmacro %}
