{#
    The SHA-256 of a personal value after the salt, 64 hexadecimal digits. The salt is
    THROUGHLINE_PII_SALT's, which the connection knows and no statement or table shows.
#}
{% macro hash_personal(text) %}
    {{- return(adapter.dispatch("hash_personal")(text)) -}}
{% endmacro %}

{% macro duckdb__hash_personal(text) -%}
sha256(concat({{ pii_salt() }}, {{ text }}))
{%- endmacro %}
