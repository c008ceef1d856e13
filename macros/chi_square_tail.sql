{# The chance that chi-square with real degrees of freedom exceeds a statistic. #}
{% macro chi_square_tail(statistic, freedom) -%}
case
    when {{ statistic }} = 0 then 1.0
    else exp(
        ({{ freedom }} / 2 - 1) * ln({{ statistic }} / 2) - {{ statistic }} / 2
        - {{ log_gamma(freedom ~ ' / 2') }}
    ) * {{ half_line_integral(
        'exp((' ~ freedom ~ ' / 2 - 1) * ' ~ log_of_one_plus(
            '2 * distance / ' ~ statistic
        ) ~ ' - distance)', 'greatest(1, ' ~ freedom ~ ' / 2)'
    ) }}
end
{%- endmacro %}
