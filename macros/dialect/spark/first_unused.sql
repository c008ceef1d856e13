{% macro spark__first_unused(candidates, used) -%}
get(filter(
    {{ candidates }}, candidate -> not array_contains({{ used }}, candidate)
), 0)
{%- endmacro %}
