{% macro spark__without_addresses(text) -%}
regexp_replace(
    {{ text }},
    '[0-9]{1,3}(?:[.][0-9]{1,3}){3}|(?i)[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}', '(ip)'
)
{%- endmacro %}
