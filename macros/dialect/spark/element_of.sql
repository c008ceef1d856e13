{% macro spark__element_of(list, place) -%}
try_element_at({{ list }}, cast({{ place }} as integer))
{%- endmacro %}
