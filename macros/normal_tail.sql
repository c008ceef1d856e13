{# The chance that a standard normal exceeds a statistic of at least 0. #}
{% macro normal_tail(statistic) -%}
0.3989422804014327 * exp(-{{ statistic }} * {{ statistic }} / 2) * {{ half_line_integral(
    'exp(-distance * (' ~ statistic ~ ' + distance / 2))',
    '(1 / (0.5 + ' ~ statistic ~ '))'
) }}
{%- endmacro %}
