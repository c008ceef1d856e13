{# Aggregates values to a list in an order; null where there is none. #}
{% macro list_in_order(value, order) %}
    {{- return(adapter.dispatch("list_in_order")(value, order)) -}}
{% endmacro %}

{% macro duckdb__list_in_order(value, order) -%}
list({{ value }} order by {{ order }})
{%- endmacro %}
