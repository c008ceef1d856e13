{# A list of moments in order, sorted only where it is not (see create_folds). #}
{% macro moments_in_order(moments) %}
    {{- return(adapter.dispatch("moments_in_order")(moments)) -}}
{% endmacro %}

{% macro duckdb__moments_in_order(moments) -%}
{{ fold("moments_in_order") }}({{ moments }})
{%- endmacro %}
