{% macro spark__hash_personal(text) -%}
sha2(concat(coalesce({{ pii_salt() }}, ''), {{ text }}), 256)
{%- endmacro %}
