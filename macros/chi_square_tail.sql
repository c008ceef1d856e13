{# The chance that chi-square with real degrees of freedom exceeds a statistic. #}
{% macro chi_square_tail(statistic, freedom) -%}
case
    when {{ statistic }} = 0 then 1.0
    else case when {{ statistic }} < {{ freedom }} then 1 else 0 end
        + case when {{ statistic }} < {{ freedom }} then -1 else 1 end
        * exp({{ chi_square_log_slope(statistic, freedom) }})
        * {{ chi_square_reach(statistic, freedom, statistic ~ ' >= ' ~ freedom) }}
end
{%- endmacro %}
