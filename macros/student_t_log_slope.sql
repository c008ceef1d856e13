{#
    The logarithm of the density of the angle at which Student's t is sqrt(freedom)
    times sinh(angle), relative to the density at 0.
#}
{% macro student_t_log_slope(angle, freedom) -%}
(-{{ freedom }} * {{ log_of_one_plus('2 * power(sinh(' ~ angle ~ ' / 2), 2)') }})
{%- endmacro %}
