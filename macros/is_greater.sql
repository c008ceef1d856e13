{# Whether one number's text stands for more than another's; false where one is none, as
   NaN and infinity are. #}
{% macro is_greater(text, other) -%}
{%- set number, bound = numeric_text(text), numeric_text(other) -%}
{%- set one, two = "try_cast(" ~ number ~ " as double)", "try_cast(" ~ bound ~ " as double)" -%}
coalesce(
    {{ whole_number(number) }} > {{ whole_number(bound) }},
    {{ one }} > {{ two }} and greatest(abs({{ one }}), abs({{ two }})) <= 1.7e308,
    false
)
{%- endmacro %}
