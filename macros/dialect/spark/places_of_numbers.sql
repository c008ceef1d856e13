{% macro spark__places_of_numbers(number, place) -%}
transform(
    sequence(1, max({{ number }})),
    n -> array_position({{ list_in_order(number, place) }}, n)
)
{%- endmacro %}
