{# The moment at which this build began, UTC. #}
{% macro build_time() -%}
cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}' as timestamp)
{%- endmacro %}
