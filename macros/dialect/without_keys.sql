{# A JSON object without some of its keys; null where none is left. #}
{% macro without_keys(object, keys) %}
    {{- return(adapter.dispatch("without_keys")(object, keys)) -}}
{% endmacro %}

{% macro duckdb__without_keys(object, keys) -%}
nullif(json_merge_patch({{ object }}, '{
    "{{ keys | join('": null, "') }}": null
}'), '{}')
{%- endmacro %}
