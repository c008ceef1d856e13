{# A date so many days, weeks or months later. #}
{% macro add_periods(start, period, count) %}
    {{- return(adapter.dispatch("add_periods")(start, period, count)) -}}
{% endmacro %}

{% macro duckdb__add_periods(start, period, count) -%}
cast({{ start }} + case {{ period }}
    when 'day' then to_days(cast({{ count }} as integer))
    when 'week' then to_days(cast(7 * ({{ count }}) as integer))
    when 'month' then to_months(cast({{ count }} as integer))
end as date)
{%- endmacro %}
