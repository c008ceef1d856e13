{#
    The density at 0 of Student's t with real degrees of freedom, times their square
    root. From 200 degrees on the ratio of gamma functions is its asymptotic series
    (DLMF 5.11.13), which is exact to double precision there.
#}
{% macro student_t_peak(freedom) -%}
(case
    when {{ freedom }} > 200 then sqrt({{ freedom }} / 2) * (
        1 - 1 / (4 * {{ freedom }}) + 1 / (32 * power({{ freedom }}, 2))
        + 5 / (128 * power({{ freedom }}, 3)) - 21 / (2048 * power({{ freedom }}, 4))
        - 399 / (8192 * power({{ freedom }}, 5))
    )
    else exp(
        {{ log_gamma('(' ~ freedom ~ ' + 1) / 2') }} - {{ log_gamma(freedom ~ ' / 2') }}
    )
end / sqrt(3.141592653589793))
{%- endmacro %}
