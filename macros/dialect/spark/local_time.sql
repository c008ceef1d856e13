{% macro spark__local_time(moment) -%}
{%- if var("time_zone") == "UTC" -%}
{{ moment }}
{%- else -%}
convert_timezone('UTC', '{{ var("time_zone") }}', {{ moment }})
{%- endif -%}
{%- endmacro %}
