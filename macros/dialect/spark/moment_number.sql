{% macro spark__moment_number(moment) -%}
(unix_micros({{ moment }}) + 62135596800000000)
{%- endmacro %}
