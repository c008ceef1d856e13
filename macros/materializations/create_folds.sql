{#
    The folds of lists that plain funnels need, as functions of the database. A fold takes
    a lambda of two parameters, which no linter reads in a model yet.

    A moment is microseconds times 64 plus the number of a step; a list of them is in order.
    - deepest_moment: the moment at which the most steps had first been reached one after
      another within a window. The state has, after that moment, for each step reached
      when the latest attempt to reach it began: what that one cannot reach, no earlier
      one can.
    - moments_reached: the moments at which the steps were first reached, one after
      another, from an entry on and within a window.

    Of timestamps, in order:
    - moments_cut: those that lie further than a span from the last of them, the first
      such from the first moment of all.
#}
{% macro folds() %}
    {% set deepest_moment %}
(moments, window_length) as
list_reduce(moments, lambda state, moment: case
    when moment % 64 = 1 then list_concat(
        [case when len(state) = 1 then moment // 64 else state[1] end, moment // 64],
        state[3:]
    )
    when len(state) >= moment % 64 and state[moment % 64] + window_length >= moment // 64
        then list_concat(
            [case when len(state) = moment % 64 then moment // 64 else state[1] end],
            state[2:moment % 64], [state[moment % 64]], state[moment % 64 + 2:]
        )
    else state
end, [0::bigint])[1]
    {% endset %}
    {% set moments_reached %}
(moments, entry, window_length) as
list_reduce(moments, lambda reached, moment: case
    when moment % 64 = len(reached) + 1
        and moment // 64 between entry and entry + window_length
        then list_append(reached, moment // 64)
    else reached
end, []::bigint[])
    {% endset %}
    {% set moments_cut %}
(moments, span) as
list_reduce(moments, lambda cuts, moment: case
    when moment > coalesce(cuts[-1], moments[1]) + span then list_append(cuts, moment)
    else cuts
end, []::timestamp[])
    {% endset %}
    {{ return({
        "deepest_moment": deepest_moment, "moments_reached": moments_reached,
        "moments_cut": moments_cut,
    }) }}
{% endmacro %}

{# A fold's name, with what it says in it: a table made by another is made anew. #}
{% macro fold(name) -%}
builds.{{ name }}_{{ local_md5(folds()[name])[:8] }}
{%- endmacro %}

{# Makes the functions that this build calls. #}
{% macro create_folds() %}
    {{- return(adapter.dispatch("create_folds")()) -}}
{% endmacro %}

{% macro duckdb__create_folds() %}
    {%- if not execute or flags.WHICH not in ["build", "run"] -%}
        {{ return("") }}
    {%- endif -%}
    {% call statement("folds") %}
        {% for name, body in folds().items() %}
            create or replace macro {{ fold(name) }}{{ body }};
        {% endfor %}
    {% endcall %}
    {% do adapter.commit() %}
{% endmacro %}
