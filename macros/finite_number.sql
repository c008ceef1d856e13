{# A text as a number; null where it is none, or larger than statistics can bear; 0 where
   its square's square would be. #}
{% macro finite_number(text) -%}
{%- set number = "try_cast(" ~ numeric_text(text) ~ " as double)" -%}
case
    when abs({{ number }}) < 1e-60 then 0
    when abs({{ number }}) < 1e60 then {{ number }}
end
{%- endmacro %}
