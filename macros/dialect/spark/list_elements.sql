{% macro spark__list_elements(list) -%}
explode({{ list }})
{%- endmacro %}
