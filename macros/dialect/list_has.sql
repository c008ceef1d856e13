{# Whether a list has an element. #}
{% macro list_has(list, element) %}
    {{- return(adapter.dispatch("list_has")(list, element)) -}}
{% endmacro %}

{% macro duckdb__list_has(list, element) -%}
list_contains({{ list }}, {{ element }})
{%- endmacro %}
