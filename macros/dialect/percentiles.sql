{# The 25th, 50th, 75th and 90th percentile as a list, null where there is nothing. #}
{% macro percentiles(number) %}
    {{- return(adapter.dispatch("percentiles")(number)) -}}
{% endmacro %}

{% macro duckdb__percentiles(number) -%}
quantile_cont({{ number }}, [0.25, 0.5, 0.75, 0.9])
{%- endmacro %}
