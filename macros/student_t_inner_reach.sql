{#
    The chance that Student's t is between 0 and sqrt(freedom) times sinh(angle),
    divided by the density there of the angle, which is above 0.
#}
{% macro student_t_inner_reach(angle, freedom) -%}
{{ angle }} * {{ half_line_integral(
    'exp(' ~ student_t_log_slope(angle ~ ' * (1 - exp(-distance))', freedom) ~ ' - '
    ~ student_t_log_slope(angle, freedom) ~ ' - distance)', '1'
) }}
{%- endmacro %}
