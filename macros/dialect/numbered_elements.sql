{# The elements of a list and their places in it from 1 on, one row each, as two columns. #}
{% macro numbered_elements(list, place, element) %}
    {{- return(adapter.dispatch("numbered_elements")(list, place, element)) -}}
{% endmacro %}

{% macro duckdb__numbered_elements(list, place, element) -%}
unnest(range(1, len({{ list }}) + 1)) as {{ place }},
    unnest({{ list }}) as {{ element }}
{%- endmacro %}
