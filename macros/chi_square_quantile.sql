{#
    The statistic that chi-square with real degrees of freedom exceeds with a chance of
    `tail`, by Newton's method on the logarithm of the smaller of the two chances. The
    start is Wilson and Hilferty's (1931), but not below what the chance below allows
    nor above what the tail allows (Laurent and Massart 2000).
#}
{% macro chi_square_quantile(tail, freedom) -%}
{%- set is_above = tail ~ ' <= 0.5' -%}
case
    when {{ tail }} = 1 then 0.0
    when {{ tail }} > 0 and {{ tail }} < 1 then {{ improved_guess(
        'least(' ~ freedom ~ ' + 2 * sqrt(-' ~ freedom ~ ' * ln(' ~ tail
        ~ ')) - 2 * ln(' ~ tail ~ '), greatest(2 * exp((ln(1 - ' ~ tail ~ ') + '
        ~ log_gamma(freedom ~ ' / 2 + 1') ~ ') * 2 / ' ~ freedom ~ '), ' ~ freedom
        ~ ' * power(1 - 2 / (9 * ' ~ freedom ~ ') - sqrt(2 / (9 * ' ~ freedom ~ ')) * '
        ~ normal_quantile(tail) ~ ', 3)))',
        chi_square_reach('guess', freedom, is_above),
        'guess * exp(case when ' ~ is_above ~ ' then reach else -reach end * ('
        ~ chi_square_log_slope('guess', freedom) ~ ' + ln(reach) - ln(case when '
        ~ is_above ~ ' then ' ~ tail ~ ' else 1 - ' ~ tail ~ ' end)))'
    ) }}
end
{%- endmacro %}
