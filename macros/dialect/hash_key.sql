{# A 64-bit key of a row inside this database, never shown and never compared. #}
{% macro hash_key(first, second) %}
    {{- return(adapter.dispatch("hash_key")(first, second)) -}}
{% endmacro %}

{% macro duckdb__hash_key(first, second) -%}
hash({{ first }}, {{ second }})
{%- endmacro %}
