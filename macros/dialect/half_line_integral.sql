{#
    The integral from 0 to infinity of an expression in `distance`, which must fall off
    at least like its inverse square, by exp-sinh quadrature with 105 nodes (Takahasi
    and Mori 1974). `scale` is about the distance over which the expression falls off.
#}
{% macro half_line_integral(integrand, scale) %}
    {{- return(adapter.dispatch("half_line_integral")(integrand, scale)) -}}
{% endmacro %}

{% macro duckdb__half_line_integral(integrand, scale) -%}
list_sum(list_transform(
    list_transform(
        range(-52, 53),
        lambda node: {{ scale }} * exp(1.5707963267948966 * sinh(0.08 * node))
    ),
    lambda distance: 0.08 * distance * ({{ integrand }}) * sqrt(
        2.4674011002723395 + ln(distance / {{ scale }}) * ln(distance / {{ scale }})
    )
))
{%- endmacro %}
