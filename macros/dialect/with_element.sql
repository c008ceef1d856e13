{# A list with one more element at its end. #}
{% macro with_element(list, element) %}
    {{- return(adapter.dispatch("with_element")(list, element)) -}}
{% endmacro %}

{% macro duckdb__with_element(list, element) -%}
list_append({{ list }}, {{ element }})
{%- endmacro %}
