{# The day of a UTC timestamp in the project's time zone. #}
{% macro local_day(moment) -%}
{{ period_start(local_time(moment), "'day'") }}
{%- endmacro %}
