{% macro spark__stop_with(message) -%}
raise_error({{ message }})
{%- endmacro %}
