{#
    Of moments (microseconds times 1024 plus the number of an event) those of a funnel's
    events, as deepest_moment reads them: places says which step each number is. Those of
    one microsecond may be out of order.
#}
{% macro moments_of_steps(moments, places) %}
    {{- return(adapter.dispatch("moments_of_steps")(moments, places)) -}}
{% endmacro %}

{% macro duckdb__moments_of_steps(moments, places) -%}
list_transform(
    list_filter({{ moments }}, lambda moment: {{ places }}[moment & 1023] > 0),
    lambda moment: ((moment >> 10) << 6) + {{ places }}[moment & 1023]
)
{%- endmacro %}
