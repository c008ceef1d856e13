{#
    The folds of lists that plain funnels need, as functions of the database. A fold takes
    a lambda of two parameters, which no linter reads in a model yet.

    A moment is microseconds times 64 plus the number of a step; a list of them is in order.
    - moments_in_order: a list that may not be.
    - deepest_moment: the moment at which the most steps had first been reached one after
      another within a window; 0 where none was. What it knows after a moment is for each
      step reached when the latest attempt to reach it began: what that one cannot reach,
      no earlier one can. Where the list is short enough all of it is one number, which
      costs half as much: for each step but the last (1 to `last`) so many bits with the
      place of that beginning in the list, then as many with the place of the moment that
      is sought, then a bit for the last step.
    - moments_reached: the moments at which the steps were first reached, one after
      another, from an entry on and within a window.

    Of timestamps, in order:
    - moments_cut: those that lie further than a span from the last of them, the first
      such from the first moment of all.
#}
{% macro folds() %}
    {% set moments_in_order %}
(moments) as
case
    when list_reduce(moments, lambda last, moment: case
        when moment < last then 9223372036854775807 else moment
    end, 0::bigint) = 9223372036854775807 then list_sort(moments)
    else moments
end
    {% endset %}
    {% set mask = "((1::bigint << bits) - 1)" %}
    {% set entry_before = "((state >> bits * ((moment & 63) - 2)) & " ~ mask ~ ")" %}
    {% set entry = "((state >> bits * ((moment & 63) - 1)) & " ~ mask ~ ")" %}
    {% set deepest_moment %}
(moments, window_length, bits, last) as
case
    when len(moments) >> bits = 0 then coalesce(moments[
        (list_reduce(moments, lambda state, moment, place: case
            when moment & 63 = 1 then state - (state & {{ mask }}) + place
                + case when state = 0 then place << bits * last else 0 end
            when state >> 60 = 0 and {{ entry_before }} > 0
                and (moments[{{ entry_before }}] >> 6) + window_length >= moment >> 6
                then case
                    when moment & 63 <= last and {{ entry }} > 0
                        then state + ({{ entry_before }} - {{ entry }})
                            * (1::bigint << bits * ((moment & 63) - 1))
                    else (state & (1::bigint << bits * last) - 1) + (place << bits * last)
                        + case
                            when moment & 63 > last then 1::bigint << 60
                            else {{ entry_before }} << bits * ((moment & 63) - 1)
                        end
                end
            else state
        end, 0::bigint) >> bits * last) & {{ mask }}
    ] >> 6, 0)
    else list_reduce(moments, lambda state, moment: case
        when moment & 63 = 1 then list_concat(
            [case when len(state) = 1 then moment >> 6 else state[1] end, moment >> 6],
            state[3:]
        )
        when len(state) >= moment & 63
            and state[moment & 63] + window_length >= moment >> 6
            then list_concat(
                [case when len(state) = moment & 63 then moment >> 6 else state[1] end],
                state[2:moment & 63], [state[moment & 63]], state[(moment & 63) + 2:]
            )
        else state
    end, [0::bigint])[1]
end
    {% endset %}
    {% set moments_reached %}
(moments, entry, window_length) as
list_reduce(list_filter(moments, lambda moment:
    moment >> 6 between entry and entry + window_length
), lambda reached, moment: case
    when moment & 63 = len(reached) + 1 then list_append(reached, moment >> 6)
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
        "moments_in_order": moments_in_order, "deepest_moment": deepest_moment,
        "moments_reached": moments_reached, "moments_cut": moments_cut,
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
