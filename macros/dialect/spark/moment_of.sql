{% macro spark__moment_of(number) -%}
cast(timestamp_micros({{ number }}) as timestamp_ntz)
{%- endmacro %}
