{#
    The sum of a number, or of the product of two, over units: exact, so that it does
    not depend on the order in which units are added.
#}
{% macro total_of(first, second=1) -%}
cast(sum(
    cast({{ first }} as decimal(19, 6)) * cast({{ second }} as decimal(19, 6))
) as double)
{%- endmacro %}
