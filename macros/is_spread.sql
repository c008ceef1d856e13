{# Whether all that a line says is in columns, as that of the project's own format and of
   Segment's is; of others the line itself is kept, as their context. #}
{% macro is_spread(line) -%}
coalesce({{ line }}.collector in ('throughline', 'segment', 'rudderstack'), true)
{%- endmacro %}
