{% macro spark__percentiles(number) -%}
percentile({{ number }}, array(0.25, 0.5, 0.75, 0.9))
{%- endmacro %}
