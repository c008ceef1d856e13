{# A UTC timestamp as the clock of the project's time zone shows it. #}
{% macro local_time(moment) %}
    {{- return(adapter.dispatch("local_time")(moment)) -}}
{% endmacro %}

{% macro duckdb__local_time(moment) -%}
{%- if var("time_zone") == "UTC" -%}
{{ moment }}
{%- else -%}
({{ moment }} at time zone 'UTC' at time zone '{{ var("time_zone") }}')
{%- endif -%}
{%- endmacro %}
