{#
    An inner join of rows with the one row of a relation whose start is the last at or
    below a value of theirs. Both relations are named as they stand in the statement.
#}
{% macro join_reached(rows, value, relation, start) %}
    {{- return(adapter.dispatch("join_reached")(rows, value, relation, start)) -}}
{% endmacro %}

{% macro duckdb__join_reached(rows, value, relation, start) -%}
asof inner join {{ relation }}
    on {{ rows }}.{{ value }} >= {{ relation }}.{{ start }}
{%- endmacro %}
