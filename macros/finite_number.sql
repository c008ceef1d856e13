{# A text as a number; null where it is none, or larger than statistics can bear; 0 where
   its square's square would be. #}
{% macro finite_number(text) -%}
case
    when abs(try_cast({{ text }} as double)) < 1e-60 then 0
    when abs(try_cast({{ text }} as double)) < 1e60 then try_cast({{ text }} as double)
end
{%- endmacro %}
