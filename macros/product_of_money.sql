{# A price times a quantity, once where there is none; null where it is too large. One
   decimal(19, 4) makes DuckDB count with as many digits as there are, two are more than
   Spark's 38 and would be rounded twice. #}
{% macro product_of_money(price, quantity) -%}
try_cast(
    cast({{ money(price) }} as decimal(19, 4))
    * cast(coalesce({{ money(quantity) }}, 1) as decimal(18, 4))
    as decimal(18, 4)
)
{%- endmacro %}
