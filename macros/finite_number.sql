{# A text as an exact number; null where it is none, or not finite. #}
{% macro finite_number(text) -%}
try_cast({{ text }} as decimal(28, 6))
{%- endmacro %}
