{#
    To compare every row with every other of its key would not end where one device has
    millions: the rows of a key are cut into blocks, one block is joined by its bounds, and
    the row is looked for within it.
#}
{% macro spark__join_nearest(kind, relation, keys, moment, comparison, at, alias) -%}
{%- set is_before = comparison in [">", ">="] -%}
{%- set columns = keys.values() | join(", ") -%}
{%- set bound = ("min(" if is_before else "max(") ~ at ~ ")" -%}
{%- set last = "array_max" if is_before else "array_min" -%}
{{ kind }} join (
    select
        {{ columns }},
        {{ bound }} as bound,
        lead({{ bound }}) over (partition by {{ columns }} order by block) as next_bound,
        collect_list(struct({{ at }} as at, row)) as rows
    from ({{ rows_in_blocks(relation, columns, at, is_before) }})
    group by {{ columns }}, block
) as {{ alias }}_blocks
    on
        {%- for expression, column in keys.items() %}
        {{ expression }} = {{ alias }}_blocks.{{ column }} and
        {%- endfor %} {{ moment }} {{ comparison }} {{ alias }}_blocks.bound
        and ({{ alias }}_blocks.next_bound is null
            or not {{ moment }} {{ comparison }} {{ alias }}_blocks.next_bound)
inner join lateral (select nearest.row.* from (select {{ last }}(filter(
    {{ alias }}_blocks.rows, row -> {{ moment }} {{ comparison }} row.at)) as nearest)
) as {{ alias }}
{%- endmacro %}

{# The rows of a relation by their keys, with the number of the block that each is in. #}
{% macro rows_in_blocks(relation, columns, at, is_before) -%}
select
    {{ columns }},
    {{ at }},
    struct(*) as row,
    (row_number() over (
        partition by {{ columns }} order by {{ at }}{{ "" if is_before else " desc" }}
    ) - 1) div 256 as block
from {{ relation }}
where {{ at }} is not null
{%- endmacro %}
