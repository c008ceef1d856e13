{% macro spark__improved_guess(start, reach, better) -%}
aggregate(
    sequence(1, 8),
    cast({{ start }} as double),
    (guess, turn) -> transform(array({{ reach }}), reach -> {{ better }})[0]
)
{%- endmacro %}
