{# How many keys a JSON object has at its top. #}
{% macro json_key_count(object) %}
    {{- return(adapter.dispatch("json_key_count")(object)) -}}
{% endmacro %}

{% macro duckdb__json_key_count(object) -%}
len(json_keys({{ object }}))
{%- endmacro %}
