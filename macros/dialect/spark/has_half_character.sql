{# Spark only. Whether JSON text holds half of an escaped character beyond 16 bits. #}
{% macro has_half_character(text) -%}
replace({{ text }}, r'\\', '')
    rlike r'(?i)\\ud[89ab]..(?!\\ud[c-f])|(?<!\\ud[89ab]..)\\ud[c-f]'
{%- endmacro %}
