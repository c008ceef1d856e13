{#
    The chance that Student's t exceeds sqrt(freedom) times sinh(angle), divided by the
    density there of the angle: how that density falls off from there on. The angle, at
    least 0, stays small where a statistic leaves the range of doubles.
#}
{% macro student_t_reach(angle, freedom) -%}
{{ half_line_integral(
    'exp(-(' ~ freedom ~ ' + 1) / 2 * ' ~ log_of_one_plus(
        'distance * (2 * tanh(' ~ angle ~ ') + distance)'
    ) ~ ')',
    '(1 / (0.5 * sqrt(' ~ freedom ~ ') + (' ~ freedom ~ ' + 1) * tanh(' ~ angle ~ ')))'
) }}
{%- endmacro %}
