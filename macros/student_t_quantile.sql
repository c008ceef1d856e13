{#
    The statistic that Student's t with real degrees of freedom exceeds with a chance of
    `tail`, at most a half, by Newton's method on the logarithm of the tail, or of the
    chance between 0 and the statistic where that is the smaller. As functions of the
    angle both are concave, so that any fair start will do.
#}
{% macro student_t_quantile(tail, freedom) -%}
{%- set is_outer = tail ~ ' <= 0.25' -%}
case
    when {{ tail }} = 0.5 then 0.0
    when {{ tail }} > 0 and {{ tail }} < 0.5
        then sqrt({{ freedom }}) * sinh({{ improved_guess(
            '-' ~ normal_quantile(tail) ~ ' / sqrt(' ~ freedom ~ ')',
            'case when ' ~ is_outer ~ ' then ' ~ student_t_reach('guess', freedom)
            ~ ' else ' ~ student_t_inner_reach('guess', freedom) ~ ' end',
            'guess + case when ' ~ is_outer ~ ' then reach else -reach end * (ln(reach)'
            ~ ' + ln(' ~ student_t_peak(freedom) ~ ') - ln(least(' ~ tail ~ ', 0.5 - '
            ~ tail ~ ')) + ' ~ student_t_log_slope('guess', freedom) ~ ')'
        ) }})
end
{%- endmacro %}
