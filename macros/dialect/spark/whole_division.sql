{% macro spark__whole_division(number, divisor) -%}
({{ number }}) div ({{ divisor }})
{%- endmacro %}
