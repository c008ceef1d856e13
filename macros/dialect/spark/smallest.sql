{% macro spark__smallest(number, limit) -%}
nullif(slice(sort_array(collect_list({{ number }})), 1, {{ limit }}), array())
{%- endmacro %}
