{#
    The correlation (phi) of a yes and no with two groups: how many of the first and of
    the second say yes, and how many there are; null where all or none do.
#}
{% macro phi(first_count, second_count, first_total, second_total) -%}
(
    cast({{ first_count }} as double) * ({{ second_total }})
    - cast({{ second_count }} as double) * ({{ first_total }})
) / nullif(sqrt(
    cast({{ first_total }} as double) * ({{ second_total }})
    * ({{ first_count }} + {{ second_count }})
    * ({{ first_total }} + {{ second_total }} - {{ first_count }} - {{ second_count }})
), 0)
{%- endmacro %}
