{# The first day of the day, week or month in which a local time lies. #}
{% macro period_start(local_moment, period) -%}
{%- set days_before_monday = 1 if var("week_start") == "sunday" else 0 -%}
cast(case {{ period }}
    when 'day' then date_trunc('day', {{ local_moment }})
    when 'week' then date_trunc(
        'week', {{ local_moment }} + interval {{ days_before_monday }} day
    ) - interval {{ days_before_monday }} day
    when 'month' then date_trunc('month', {{ local_moment }})
end as date)
{%- endmacro %}
