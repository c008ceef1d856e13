{# A join by comparison would compare every row with every other: here both are sorted. #}
{% macro spark__join_reached(rows, value, relation, start) -%}
inner join (
    select reached.{{ value }} as reached_by, reached.row.*
    from (
        select
            {{ value }},
            row is null as is_asked,
            last_value(row) ignore nulls over (
                order by {{ value }}, row is null
                rows between unbounded preceding and current row
            ) as row
        from (
            select {{ start }} as {{ value }}, struct({{ relation }}.*) as row from {{ relation }}
            union all
            select distinct {{ value }}, null as row from {{ rows }}
        )
    ) as reached
    where reached.is_asked and reached.row is not null
) as {{ relation }}
    on {{ rows }}.{{ value }} = {{ relation }}.reached_by
{%- endmacro %}
