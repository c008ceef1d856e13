{# The sum of an expression in `each` over the whole numbers from 0 to below a count. #}
{% macro sum_over(count, summand) %}
    {{- return(adapter.dispatch("sum_over")(count, summand)) -}}
{% endmacro %}

{% macro duckdb__sum_over(count, summand) -%}
list_sum(list_transform(range(cast({{ count }} as bigint)), lambda each: {{ summand }}))
{%- endmacro %}
