{% macro spark__moment_of(number) -%}
cast(timestamp_micros({{ number }} - 62135596800000000) as timestamp_ntz)
{%- endmacro %}
