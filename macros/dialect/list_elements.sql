{# The elements of a list, one row each. #}
{% macro list_elements(list) %}
    {{- return(adapter.dispatch("list_elements")(list)) -}}
{% endmacro %}

{% macro duckdb__list_elements(list) -%}
unnest({{ list }})
{%- endmacro %}
