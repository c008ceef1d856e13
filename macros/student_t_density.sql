{# The density of Student's t with real degrees of freedom. #}
{% macro student_t_density(statistic, freedom) -%}
({{ student_t_peak(freedom) }} / sqrt({{ freedom }}) * exp(
    -({{ freedom }} + 1) / 2
    * {{ log_of_one_plus(statistic ~ ' * ' ~ statistic ~ ' / ' ~ freedom) }}
))
{%- endmacro %}
