{% macro spark__as_json(text) -%}
cast({{ text }} as string)
{%- endmacro %}
