{% macro spark__last_known(value) -%}
last_value({{ value }}) ignore nulls
{%- endmacro %}
