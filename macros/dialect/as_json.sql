{# A text that is JSON as a value of that type; of Spark as the text. #}
{% macro as_json(text) %}
    {{- return(adapter.dispatch("as_json")(text)) -}}
{% endmacro %}

{% macro duckdb__as_json(text) -%}
cast({{ text }} as json)
{%- endmacro %}
