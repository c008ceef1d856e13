{# A price times a quantity, once where there is none; null where it is too large. Both have
   as many digits as a product may have on either engine, so that none is rounded twice. #}
{% macro product_of_money(price, quantity) -%}
try_cast(
    {{ money(price) }} * case
        when try_cast({{ numeric_text(quantity) }} as double) is null then 1
        else try_cast({{ numeric_text(quantity) }} as decimal(14, 6))
    end as decimal(23, 8)
)
{%- endmacro %}
