{#
    The root of the chi-square of two shares with their pooled variance; with Yates'
    correction the difference is half a unit of each arm smaller.
#}
{% macro pooled_statistic(pair, correction) -%}
{%- set inverse = "(1 / nullif(" ~ pair ~ ".units, 0) + 1 / nullif(" ~ pair ~ ".control_units, 0))" -%}
{%- set pooled = "((" ~ pair ~ ".total + " ~ pair ~ ".control_total) / nullif("
    ~ pair ~ ".units + " ~ pair ~ ".control_units, 0))" -%}
greatest(
    0, abs({{ pair }}.mean - {{ pair }}.control_mean) - {{ correction }} * {{ inverse }}
) / nullif(sqrt({{ pooled }} * (1 - {{ pooled }}) * {{ inverse }}), 0)
{%- endmacro %}
