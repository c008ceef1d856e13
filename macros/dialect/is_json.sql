{# Whether a text is one value of JSON and nothing else. #}
{% macro is_json(text) %}
    {{- return(adapter.dispatch("is_json")(text)) -}}
{% endmacro %}

{% macro duckdb__is_json(text) -%}
json_valid({{ text }})
{%- endmacro %}
