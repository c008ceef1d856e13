{% macro spark__list_of(values) -%}
array({{ values | join(', ') }})
{%- endmacro %}
