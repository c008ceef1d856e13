{# A JSON value as text without white space between its parts. #}
{% macro compact_json(value) %}
    {{- return(adapter.dispatch("compact_json")(value)) -}}
{% endmacro %}

{% macro duckdb__compact_json(value) -%}
cast(json({{ value }}) as varchar)
{%- endmacro %}
