{# Aggregates numbers to a sorted list. #}
{% macro sorted_list(number) %}
    {{- return(adapter.dispatch("sorted_list")(number)) -}}
{% endmacro %}

{% macro duckdb__sorted_list(number) -%}
list({{ number }} order by {{ number }})
{%- endmacro %}
