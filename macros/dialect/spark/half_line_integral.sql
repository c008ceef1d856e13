{# The scale is bound to a name, as the lambdas would work it out for every node. #}
{% macro spark__half_line_integral(integrand, scale) -%}
transform(array({{ scale }}), scale -> aggregate(
    transform(
        transform(
            transform(sequence(-52, 52), node -> exp(1.5707963267948966d * sinh(0.08d * node))),
            node -> scale * node
        ),
        distance -> 0.08d * distance * ({{ integrand }}) * sqrt(
            2.4674011002723395d + power(ln(distance / scale), 2)
        )
    ),
    0d,
    (total, addend) -> total + addend
))[0]
{%- endmacro %}
