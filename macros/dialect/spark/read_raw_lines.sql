{# All lines are text at first on Spark: see read_spooled_lines. #}
{% macro spark__read_raw_lines() %}
(select cast(null as string) as read_from, cast(null as string) as line where false)
{% endmacro %}
