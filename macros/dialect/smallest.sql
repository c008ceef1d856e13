{# Aggregates to a list of the so many smallest numbers, in order. #}
{% macro smallest(number, limit) %}
    {{- return(adapter.dispatch("smallest")(number, limit)) -}}
{% endmacro %}

{% macro duckdb__smallest(number, limit) -%}
min({{ number }}, {{ limit }})
{%- endmacro %}
