{% macro spark__periods_between(period, earlier, later) -%}
case {{ period }}
    when 'day' then cast(datediff({{ later }}, {{ earlier }}) as bigint)
    when 'week' then datediff({{ later }}, {{ earlier }}) div 7
    when 'month' then cast(
        12 * (year({{ later }}) - year({{ earlier }}))
        + month({{ later }}) - month({{ earlier }}) as bigint
    )
end
{%- endmacro %}
