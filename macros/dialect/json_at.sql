{#
    The value at a path of a JSON object, as JSON; null where there is none. Of a key that
    comes twice it is the first.
#}
{% macro json_at(object, path) %}
    {{- return(adapter.dispatch("json_at")(object, path)) -}}
{% endmacro %}

{% macro duckdb__json_at(object, path) -%}
json_extract({{ object }}, {{ path }})
{%- endmacro %}
