{#
    How many pooled standard errors lie between two shares, whichever is the larger (the
    two-proportion z-test); null where all or none of both are counted.
#}
{% macro two_share_statistic(count, total, other_count, other_total) -%}
abs({{ count }} / nullif(cast({{ total }} as double), 0)
    - {{ other_count }} / nullif(cast({{ other_total }} as double), 0)
) / nullif(sqrt(
    ({{ count }} + {{ other_count }})
    * ({{ total }} + {{ other_total }} - {{ count }} - {{ other_count }})
    / nullif(cast({{ total }} + {{ other_total }} as double), 0)
    / nullif(cast({{ total }} as double), 0) / nullif({{ other_total }}, 0)
), 0)
{%- endmacro %}
