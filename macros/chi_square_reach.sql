{#
    The chance that chi-square is beyond a statistic (above it, or below it) divided by
    the density there of the statistic's logarithm: how the density falls off beyond.
#}
{% macro chi_square_reach(statistic, freedom, is_above) -%}
{{ half_line_integral(
    'exp(case when ' ~ is_above ~ ' then (' ~ freedom ~ ' / 2 - 1) * '
    ~ log_of_one_plus('distance') ~ ' - ' ~ statistic ~ ' / 2 * distance else '
    ~ statistic ~ ' / 2 * (1 - exp(-distance)) - ' ~ freedom ~ ' / 2 * distance end)',
    '(1 / (0.25 * sqrt(' ~ freedom ~ ' / 2) + abs(' ~ freedom ~ ' - '
    ~ statistic ~ ') / 2))'
) }}
{%- endmacro %}
