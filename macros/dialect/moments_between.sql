{# The moments of a list from one until another, both included, as in deepest_moment. #}
{% macro moments_between(moments, since, until) %}
    {{- return(adapter.dispatch("moments_between")(moments, since, until)) -}}
{% endmacro %}

{% macro duckdb__moments_between(moments, since, until) -%}
list_filter({{ moments }}, lambda moment: moment >> 6 between {{ since }} and {{ until }})
{%- endmacro %}
