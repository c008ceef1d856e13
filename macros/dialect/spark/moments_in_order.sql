{% macro spark__moments_in_order(moments) -%}
array_sort({{ moments }})
{%- endmacro %}
