{# One value and another, one row each. #}
{% macro each_of(first, second) %}
    {{- return(adapter.dispatch("each_of")(first, second)) -}}
{% endmacro %}

{% macro duckdb__each_of(first, second) -%}
unnest([{{ first }}, {{ second }}])
{%- endmacro %}
