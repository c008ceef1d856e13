{# The value of one key at the top of a JSON object, as JSON. #}
{% macro json_field(object, key) %}
    {{- return(adapter.dispatch("json_field")(object, key)) -}}
{% endmacro %}

{% macro duckdb__json_field(object, key) -%}
json_extract({{ object }}, '/{{ key }}')
{%- endmacro %}
