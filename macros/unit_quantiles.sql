{# The quantile of units' values that a metric asks for, and those a standard error of its
   share below and above: 1.96 times sqrt(q(1 - q) / n). Null for other metrics. #}
{% macro unit_quantiles(units, metric) -%}
{%- set values = sorted_list(
    "case when " ~ metric ~ ".quantile is not null then " ~ units ~ ".metric_value end"
) -%}
{%- set share = "max(" ~ metric ~ ".quantile)" -%}
{%- set reach = "1.959963984540054 * sqrt(" ~ share ~ " * (1 - " ~ share
    ~ ") / nullif(count(" ~ units ~ ".person_id), 0))" -%}
{{ sorted_quantile(values, share) }} as quantile_value,
    {{ sorted_quantile(values, share ~ ' - ' ~ reach) }} as quantile_low,
    {{ sorted_quantile(values, share ~ ' + ' ~ reach) }} as quantile_high
{%- endmacro %}
