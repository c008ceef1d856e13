{# A JSON object without one of its keys. #}
{% macro without_key(object, key) %}
    {{- return(adapter.dispatch("without_key")(object, key)) -}}
{% endmacro %}

{% macro duckdb__without_key(object, key) -%}
json_merge_patch({{ object }}, '{"{{ key }}": null}')
{%- endmacro %}
