{% macro spark__text_pattern(text) -%}
regexp_replace({{ text }}, r'([^\p{L}\p{M}\p{N}_])', r'\\$1')
{%- endmacro %}
