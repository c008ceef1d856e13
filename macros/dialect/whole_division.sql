{# How many times one whole number goes into another. #}
{% macro whole_division(number, divisor) %}
    {{- return(adapter.dispatch("whole_division")(number, divisor)) -}}
{% endmacro %}

{% macro duckdb__whole_division(number, divisor) -%}
({{ number }}) // ({{ divisor }})
{%- endmacro %}
