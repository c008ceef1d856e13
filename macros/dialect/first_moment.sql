{# The first moment of step 1 at or after another, as in deepest_moment; or null. #}
{% macro first_moment(moments, since) %}
    {{- return(adapter.dispatch("first_moment")(moments, since)) -}}
{% endmacro %}

{% macro duckdb__first_moment(moments, since) -%}
list_filter(
    {{ moments }},
    lambda moment: moment % 64 = 1 and moment // 64 >= {{ since }}
)[1] // 64
{%- endmacro %}
