{# The element of a list at a place, from 1 on; null where there is none. #}
{% macro element_of(list, place) %}
    {{- return(adapter.dispatch("element_of")(list, place)) -}}
{% endmacro %}

{% macro duckdb__element_of(list, place) -%}
{{ list }}[{{ place }}]
{%- endmacro %}
