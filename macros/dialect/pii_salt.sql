{#
    The salt of personal values; null where none is set. So that what was made with another
    salt is made anew, a few digits of its checksum stand beside it.
#}
{% macro pii_salt() %}
    {{- return(adapter.dispatch("pii_salt")()) -}}
{% endmacro %}

{% macro duckdb__pii_salt() -%}
{%- set salt = "getvariable('throughline_pii_salt')" -%}
cast({{ salt }} as varchar)
{%- if execute %} /* {{ run_query(
    "select left(sha256(coalesce(" ~ salt ~ ", '')), 8)"
).rows[0][0] }} */{% endif %}
{%- endmacro %}
