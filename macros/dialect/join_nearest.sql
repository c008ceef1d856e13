{#
    A join with the one row of a relation whose moment is nearest to a given one, on the
    side that `comparison` names (>=: at or before it). `keys` are pairs of what is equal:
    {expression: column of the relation}; `kind` is left or inner.
#}
{% macro join_nearest(kind, relation, keys, moment, comparison, at, alias=none) %}
    {{- return(adapter.dispatch("join_nearest")(
        kind, relation, keys, moment, comparison, at, alias or relation)) -}}
{% endmacro %}

{% macro duckdb__join_nearest(kind, relation, keys, moment, comparison, at, alias) -%}
asof {{ kind }} join {{ relation }}{{ " as " ~ alias if alias != relation }}
    on
        {%- for expression, column in keys.items() %}
        {{ expression }} = {{ alias }}.{{ column }}
        and
        {%- endfor %} {{ moment }} {{ comparison }} {{ alias }}.{{ at }}
{%- endmacro %}
