{#
    The chance that Student's t with real degrees of freedom exceeds a statistic of at
    least 0: the density there times how the density falls off from there on.
#}
{% macro student_t_tail(statistic, freedom) -%}
{{ student_t_density(statistic, freedom) }} * {{ half_line_integral(
    'exp(-(' ~ freedom ~ ' + 1) / 2 * ' ~ log_of_one_plus(
        'distance * (2 * ' ~ statistic ~ ' + distance) / (' ~ freedom ~ ' + '
        ~ statistic ~ ' * ' ~ statistic ~ ')'
    ) ~ ')',
    '(1 / (0.5 * sqrt(' ~ freedom ~ ' / (' ~ freedom ~ ' + ' ~ statistic ~ ' * '
    ~ statistic ~ ')) + (' ~ freedom ~ ' + 1) * ' ~ statistic ~ ' / (' ~ freedom
    ~ ' + ' ~ statistic ~ ' * ' ~ statistic ~ ')))'
) }}
{%- endmacro %}
