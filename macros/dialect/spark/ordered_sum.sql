{# The same steps as DuckDB's fsum, so that the last digit is the same too. #}
{% macro spark__ordered_sum(number) -%}
case
    when count({{ number }}) > 0 then aggregate(
        sort_array(collect_list(cast({{ number }} as double))),
        struct(0d as total, 0d as excess),
        (sums, addend) -> struct(
            sums.total + (addend - sums.excess) as total,
            (sums.total + (addend - sums.excess)) - sums.total
            - (addend - sums.excess) as excess
        ),
        sums -> sums.total
    )
end
{%- endmacro %}
