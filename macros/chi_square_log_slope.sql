{#
    The logarithm of a statistic above 0 times the density there of chi-square with real
    degrees of freedom, which is the density of the statistic's logarithm.
#}
{% macro chi_square_log_slope(statistic, freedom) -%}
(
    {{ freedom }} / 2 * ln({{ statistic }} / 2) - {{ statistic }} / 2
    - {{ log_gamma(freedom ~ ' / 2') }}
)
{%- endmacro %}
