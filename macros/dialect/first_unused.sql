{# The first element of a list that is not in another one; null where all are. #}
{% macro first_unused(candidates, used) %}
    {{- return(adapter.dispatch("first_unused")(candidates, used)) -}}
{% endmacro %}

{% macro duckdb__first_unused(candidates, used) -%}
list_filter(
    {{ candidates }}, lambda candidate: not list_contains({{ used }}, candidate)
)[1]
{%- endmacro %}
