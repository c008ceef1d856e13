{# The keys of a JSON object, one row each. #}
{% macro json_object_keys(object) %}
    {{- return(adapter.dispatch("json_object_keys")(object)) -}}
{% endmacro %}

{% macro duckdb__json_object_keys(object) -%}
unnest(json_keys({{ object }}))
{%- endmacro %}
