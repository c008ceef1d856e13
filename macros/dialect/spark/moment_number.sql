{% macro spark__moment_number(moment) -%}
unix_micros({{ moment }})
{%- endmacro %}
