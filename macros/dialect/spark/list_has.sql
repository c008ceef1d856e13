{% macro spark__list_has(list, element) -%}
array_contains({{ list }}, {{ element }})
{%- endmacro %}
