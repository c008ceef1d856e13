{# A text as an exact amount; null where it is no finite number, or has more than 15 digits
   before the point. #}
{% macro money(text) -%}
try_cast({{ numeric_text(text) }} as decimal(23, 8))
{%- endmacro %}
