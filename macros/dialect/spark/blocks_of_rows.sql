{#
    The rows of a relation in blocks of the same key, with the first moment of each block and
    of the next; from the last row on, and with the last moments, unless they ascend.
#}
{% macro blocks_of_rows(relation, columns, at, is_ascending) -%}
{%- set bound = ("min(" if is_ascending else "max(") ~ at ~ ")" -%}
select
    {{ columns }},
    {{ bound }} as bound,
    lead({{ bound }}) over (partition by {{ columns }} order by block) as next_bound,
    collect_list(struct({{ at }} as at, row)) as rows
from (
    select
        {{ columns }},
        {{ at }},
        struct(*) as row,
        (row_number() over (
            partition by {{ columns }} order by {{ at }}{{ "" if is_ascending else " desc" }}
        ) - 1) div 256 as block
    from {{ relation }}
    where {{ at }} is not null
)
group by {{ columns }}, block
{%- endmacro %}
