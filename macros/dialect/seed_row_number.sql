{# The line of a seed's file on which a row stands; the header is line 1. #}
{% macro seed_row_number(file) %}
    {{- return(adapter.dispatch("seed_row_number")(file)) -}}
{% endmacro %}

{% macro duckdb__seed_row_number(file) -%}
coalesce(getvariable('throughline_displaced_rows')['{{ file }}'][rowid + 1], rowid + 2)
{%- endmacro %}
