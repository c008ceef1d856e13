{# The chance that a standard normal is below a statistic of any sign. #}
{% macro normal_below(statistic) -%}
(
    case when {{ statistic }} < 0 then 0 else 1 end
    + case when {{ statistic }} < 0 then 1 else -1 end
    * {{ normal_tail('abs(' ~ statistic ~ ')') }}
)
{%- endmacro %}
