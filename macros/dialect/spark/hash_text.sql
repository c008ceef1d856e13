{% macro spark__hash_text(text) -%}
md5({{ text }})
{%- endmacro %}
