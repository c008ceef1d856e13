{# The whole numbers from one to another, both included, one row each. #}
{% macro numbers_up_to(first, last) %}
    {{- return(adapter.dispatch("numbers_up_to")(first, last)) -}}
{% endmacro %}

{% macro duckdb__numbers_up_to(first, last) -%}
unnest(range(cast({{ first }} as bigint), cast({{ last }} as bigint) + 1))
{%- endmacro %}
