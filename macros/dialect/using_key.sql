{# Makes a recursive CTE keep one row per key, replaced as the recursion goes on. #}
{% macro using_key(key) %}
    {{- return(adapter.dispatch("using_key")(key)) -}}
{% endmacro %}

{% macro duckdb__using_key(key) -%}
using key ({{ key }})
{%- endmacro %}
