{# What a step of units, from one day's values to the next, adds to their sums. #}
{% macro step_totals(steps) -%}
{%- set m, d, c = steps ~ ".metric_value", steps ~ ".denominator_value", steps ~ ".covariate_value" -%}
{%- set m0 = "coalesce(" ~ steps ~ ".metric_before, 0)" -%}
{%- set d0 = "coalesce(" ~ steps ~ ".denominator_before, 0)" -%}
{%- set first = "cast(" ~ steps ~ ".is_first as integer)" -%}
cast(sum({{ first }}) as bigint) as units,
    {{ ordered_sum(m ~ " - " ~ m0) }} as total,
    {{ ordered_sum(m ~ " * " ~ m ~ " - " ~ m0 ~ " * " ~ m0) }} as total_of_squares,
    {{ ordered_sum(d ~ " - " ~ d0) }} as denominator_total,
    {{ ordered_sum(d ~ " * " ~ d ~ " - " ~ d0 ~ " * " ~ d0) }}
        as denominator_total_of_squares,
    {{ ordered_sum(m ~ " * " ~ d ~ " - " ~ m0 ~ " * " ~ d0) }} as product_total,
    {{ ordered_sum(c ~ " * " ~ first) }} as covariate_total,
    {{ ordered_sum(c ~ " * " ~ c ~ " * " ~ first) }} as covariate_total_of_squares,
    {{ ordered_sum("(" ~ m ~ " - " ~ m0 ~ ") * " ~ c) }} as covariate_product_total
{%- endmacro %}
