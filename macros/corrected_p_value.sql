{#
    A p-value corrected by Benjamini and Hochberg (1995), from its rank among the p-values
    of its family, nulls last; no factor is below 1.
#}
{% macro corrected_p_value(p_value, rank, test_count, family) -%}
case
    when {{ p_value }} is not null
        then min(least(1, {{ p_value }} * ({{ test_count }} / {{ rank }})))
            over (partition by {{ family }} order by {{ rank }} desc)
end
{%- endmacro %}
