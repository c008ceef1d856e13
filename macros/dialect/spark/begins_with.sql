{% macro spark__begins_with(text, beginning) -%}
startswith({{ text }}, {{ beginning }})
{%- endmacro %}
