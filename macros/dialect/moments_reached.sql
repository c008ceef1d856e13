{#
    The moments at which the steps were first reached, one after another, from an entry on
    and within a window, as a list (moments as in deepest_moment).
#}
{% macro moments_reached(moments, entry, window) %}
    {{- return(adapter.dispatch("moments_reached")(moments, entry, window)) -}}
{% endmacro %}

{% macro duckdb__moments_reached(moments, entry, window) -%}
list_reduce({{ moments }}, lambda reached, moment: case
    when moment % 64 = len(reached) + 1
        and moment // 64 between {{ entry }} and {{ entry }} + {{ window }}
        then list_append(reached, moment // 64)
    else reached
end, []::bigint[])
{%- endmacro %}
