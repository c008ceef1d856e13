{# Whether the data reaches to the end of a period for everyone in a cohort: the calendar
   period's, or the last entrant's window's once nobody can enter any more. #}
{% macro is_period_over(cohort, elapsed) -%}
case {{ cohort }}.clock
    when 'calendar' then
        {{ local_time('data_bounds.as_of') }} >= {{ add_periods(
            cohort ~ '.cohort_start', cohort ~ '.period', elapsed ~ ' + 1'
        ) }}
    else
        {{ local_time('data_bounds.as_of') }} >= {{ add_periods(
            cohort ~ '.cohort_start', cohort ~ '.period', '1'
        ) }}
        and {{ seconds_between(cohort ~ '.last_entered_at', 'data_bounds.as_of') }}
        >= ({{ elapsed }} + 1) * {{ cohort }}.period_seconds
end
{%- endmacro %}
