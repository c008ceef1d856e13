{#
    The sum of a number, or of the product of two, over units, added up in order and
    with compensation, so that it depends on nothing but the numbers.
#}
{% macro total_of(first, second=1) -%}
{{ ordered_sum('cast(' ~ first ~ ' as double) * ' ~ second) }}
{%- endmacro %}
