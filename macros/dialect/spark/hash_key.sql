{# xxhash64() leaves nulls out, so that two of them in other places were the same. #}
{% macro spark__hash_key(first, second) -%}
xxhash64({{ first }}, isnull({{ second }}), {{ second }})
{%- endmacro %}
