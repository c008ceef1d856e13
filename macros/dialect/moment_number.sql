{# A timestamp as microseconds since the year 1. #}
{% macro moment_number(moment) %}
    {{- return(adapter.dispatch("moment_number")(moment)) -}}
{% endmacro %}

{% macro duckdb__moment_number(moment) -%}
(epoch_us({{ moment }}) + 62135596800000000)
{%- endmacro %}
