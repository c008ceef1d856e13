{# How many days lie between two dates. #}
{% macro days_between(earlier, later) %}
    {{- return(adapter.dispatch("days_between")(earlier, later)) -}}
{% endmacro %}

{% macro duckdb__days_between(earlier, later) -%}
date_diff('day', {{ earlier }}, {{ later }})
{%- endmacro %}
