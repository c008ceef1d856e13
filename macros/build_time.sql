{# The moment at which this build began, UTC. #}
{% macro build_time() -%}
(select max(started_at) from builds.batches)
{%- endmacro %}
