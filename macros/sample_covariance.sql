{# The unbiased covariance of two numbers from their totals; of one, its variance. #}
{% macro sample_covariance(product_total, first_total, second_total) -%}
({{ product_total }} - {{ first_total }} * {{ second_total }} / nullif(units, 0))
/ nullif(units - 1, 0)
{%- endmacro %}
