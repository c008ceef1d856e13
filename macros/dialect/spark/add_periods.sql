{% macro spark__add_periods(start, period, count) -%}
case {{ period }}
    when 'day' then date_add(cast({{ start }} as date), cast({{ count }} as int))
    when 'week' then date_add(cast({{ start }} as date), cast(7 * ({{ count }}) as int))
    when 'month' then add_months(cast({{ start }} as date), cast({{ count }} as int))
end
{%- endmacro %}
