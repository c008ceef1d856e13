{# Aggregates keys and values, which are JSON, to one JSON object. #}
{% macro collect_object(key, value) %}
    {{- return(adapter.dispatch("collect_object")(key, value)) -}}
{% endmacro %}

{% macro duckdb__collect_object(key, value) -%}
to_json(map(
    list({{ key }} order by {{ key }}), list({{ value }} order by {{ key }})
))
{%- endmacro %}
