{# An aggregate: the list that says at each number its place, or 0. #}
{% macro places_of_numbers(number, place) %}
    {{- return(adapter.dispatch("places_of_numbers")(number, place)) -}}
{% endmacro %}

{% macro duckdb__places_of_numbers(number, place) -%}
list_transform(
    range(1, max({{ number }}) + 1),
    lambda n: cast(
        coalesce(list_position({{ list_in_order(number, place) }}, n), 0) as bigint
    )
)
{%- endmacro %}
