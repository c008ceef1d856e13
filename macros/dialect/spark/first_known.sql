{% macro spark__first_known(value) -%}
first_value({{ value }}) ignore nulls
{%- endmacro %}
