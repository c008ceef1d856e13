{# Spark reads 5d and 5f as numbers. #}
{% macro spark__whole_number(text) -%}
case
    when {{ text }} rlike r'\A-?[0-9]+\z' then try_cast({{ text }} as decimal(38, 0))
    when {{ text }} rlike '[0-9.] *$'
        and try_cast({{ text }} as double) = rint(try_cast({{ text }} as double))
        then try_cast(try_cast({{ text }} as double) as decimal(38, 0))
end
{%- endmacro %}
