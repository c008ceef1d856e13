{# The salt of personal values; null where none is set. #}
{% macro pii_salt() %}
    {{- return(adapter.dispatch("pii_salt")()) -}}
{% endmacro %}

{% macro duckdb__pii_salt() -%}
cast(getvariable('throughline_pii_salt') as varchar)
{%- endmacro %}
