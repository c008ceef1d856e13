{# The first moment of step 1 in a list, as in deepest_moment; or null. #}
{% macro first_moment(moments) %}
    {{- return(adapter.dispatch("first_moment")(moments)) -}}
{% endmacro %}

{% macro duckdb__first_moment(moments) -%}
list_filter({{ moments }}, lambda moment: moment & 63 = 1)[1] >> 6
{%- endmacro %}
