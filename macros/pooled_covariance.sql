{# The covariance of two numbers over the units of a treated arm and its control. #}
{% macro pooled_covariance(product_total, first_total, second_total) -%}
(
    treated.{{ product_total }} + control.{{ product_total }}
    - (treated.{{ first_total }} + control.{{ first_total }})
    * (treated.{{ second_total }} + control.{{ second_total }})
    / nullif(treated.units + control.units, 0)
) / nullif(treated.units + control.units - 1, 0)
{%- endmacro %}
