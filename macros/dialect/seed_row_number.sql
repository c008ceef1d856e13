{# The line of a seed's file on which a row stands; the header is line 1. #}
{% macro seed_row_number() %}
    {{- return(adapter.dispatch("seed_row_number")()) -}}
{% endmacro %}

{% macro duckdb__seed_row_number() -%}
rowid + 2
{%- endmacro %}
