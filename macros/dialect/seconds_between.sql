{# Seconds from one timestamp to another, with microseconds, as a double. #}
{% macro seconds_between(earlier, later) %}
    {{- return(adapter.dispatch("seconds_between")(earlier, later)) -}}
{% endmacro %}

{% macro duckdb__seconds_between(earlier, later) -%}
((epoch_us({{ later }}) - epoch_us({{ earlier }})) / 1000000.0)
{%- endmacro %}
