{# Whether one number's text stands for more than another's; false where one is none. #}
{% macro is_greater(text, other) -%}
coalesce(
    {{ whole_number(text) }} > {{ whole_number(other) }},
    try_cast({{ text }} as double) > try_cast({{ other }} as double),
    false
)
{%- endmacro %}
