{#
    A start improved eight times, which is enough for Newton's method from a fair start:
    `better` is the next guess, in terms of `guess` and of `reach`, itself an expression
    in `guess` that is computed once for each.
#}
{% macro improved_guess(start, reach, better) %}
    {{- return(adapter.dispatch("improved_guess")(start, reach, better)) -}}
{% endmacro %}

{% macro duckdb__improved_guess(start, reach, better) -%}
list_reduce(
    list_transform(range(8), lambda turn: cast(turn as double)),
    lambda guess, turn: list_transform([{{ reach }}], lambda reach: {{ better }})[1],
    cast({{ start }} as double)
)
{%- endmacro %}
