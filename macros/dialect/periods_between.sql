{# How many days, weeks or months lie between the first days of two of them. #}
{% macro periods_between(period, earlier, later) %}
    {{- return(adapter.dispatch("periods_between")(period, earlier, later)) -}}
{% endmacro %}

{% macro duckdb__periods_between(period, earlier, later) -%}
case {{ period }}
    when 'day' then date_diff('day', {{ earlier }}, {{ later }})
    when 'week' then date_diff('day', {{ earlier }}, {{ later }}) // 7
    when 'month' then date_diff('month', {{ earlier }}, {{ later }})
end
{%- endmacro %}
