{# A list of some values. #}
{% macro list_of(values) %}
    {{- return(adapter.dispatch("list_of")(values)) -}}
{% endmacro %}

{% macro duckdb__list_of(values) -%}
[{{ values | join(', ') }}]
{%- endmacro %}
