{% macro spark__with_element(list, element) -%}
array_append({{ list }}, {{ element }})
{%- endmacro %}
