{# The first moment of step 1 at or after another, as in deepest_moment; or null. #}
{% macro first_moment(moments, since) %}
    {{- return(adapter.dispatch("first_moment")(moments, since)) -}}
{% endmacro %}

{% macro duckdb__first_moment(moments, since) -%}
list_filter(
    {{ moments }},
    lambda moment: moment & 63 = 1 and moment >> 6 >= {{ since }}
)[1] >> 6
{%- endmacro %}
