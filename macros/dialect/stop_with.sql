{# Fails with a message. #}
{% macro stop_with(message) %}
    {{- return(adapter.dispatch("stop_with")(message)) -}}
{% endmacro %}

{% macro duckdb__stop_with(message) -%}
error({{ message }})
{%- endmacro %}
