{# A text as an exact amount; null where it is no finite number. #}
{% macro money(text) -%}
try_cast({{ numeric_text(text) }} as decimal(18, 4))
{%- endmacro %}
