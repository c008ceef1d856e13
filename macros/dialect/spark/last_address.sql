{% macro spark__last_address(first_address, size) -%}
rpad(left({{ first_address }}, 128 - {{ size }}), 128, '1')
{%- endmacro %}
