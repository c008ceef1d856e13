{# A JSON object with one key; null where the key or its value, which is JSON,
   is null. #}
{% macro object_of(key, value) %}
    {{- return(adapter.dispatch("object_of")(key, value)) -}}
{% endmacro %}

{% macro duckdb__object_of(key, value) -%}
case
    when {{ key }} is not null and {{ value }} is not null
        then json_object({{ key }}, {{ value }})
end
{%- endmacro %}
