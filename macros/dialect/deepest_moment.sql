{#
    Of a list of moments (microseconds times 64 plus the number of a step), in order, the
    moment at which the most steps had first been reached one after another within a
    window. The state has, after that moment, for each step reached when the latest attempt
    to reach it began: what that one cannot reach, no earlier one can.
#}
{% macro deepest_moment(moments, window) %}
    {{- return(adapter.dispatch("deepest_moment")(moments, window)) -}}
{% endmacro %}

{% macro duckdb__deepest_moment(moments, window) -%}
list_reduce({{ moments }}, lambda state, moment: case
    when moment % 64 = 1 then list_concat(
        [case when len(state) = 1 then moment // 64 else state[1] end, moment // 64],
        state[3:]
    )
    when len(state) >= moment % 64 and state[moment % 64] + {{ window }} >= moment // 64
        then list_concat(
            [case when len(state) = moment % 64 then moment // 64 else state[1] end],
            state[2:moment % 64], [state[moment % 64]], state[moment % 64 + 2:]
        )
    else state
end, [0::bigint])[1]
{%- endmacro %}
