{# A text as a number; null where it is none, or larger than statistics can bear. #}
{% macro finite_number(text) -%}
case
    when abs(try_cast({{ text }} as double)) < 1e60 then try_cast({{ text }} as double)
end
{%- endmacro %}
