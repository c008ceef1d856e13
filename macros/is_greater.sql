{# Whether one number's text stands for more than another's; false where one is none. #}
{% macro is_greater(text, other) -%}
{%- set number, bound = numeric_text(text), numeric_text(other) -%}
coalesce(
    {{ whole_number(number) }} > {{ whole_number(bound) }},
    try_cast({{ number }} as double) > try_cast({{ bound }} as double),
    false
)
{%- endmacro %}
