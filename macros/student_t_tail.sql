{#
    The chance that Student's t with real degrees of freedom exceeds a statistic of at
    least 0.
#}
{% macro student_t_tail(statistic, freedom) -%}
{%- set angle = 'asinh(' ~ statistic ~ ' / sqrt(' ~ freedom ~ '))' -%}
{{ student_t_peak(freedom) }} * exp({{ student_t_log_slope(angle, freedom) }})
* {{ student_t_reach(angle, freedom) }}
{%- endmacro %}
