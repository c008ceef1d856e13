{#
    To compare every row with every other of its key would not end where one device has
    millions: one block of the key's rows is joined, and the row is looked for within it.
#}
{% macro spark__join_nearest(kind, relation, keys, moment, comparison, at, alias) -%}
{%- set is_before = comparison in [">", ">="] -%}
{%- set last = "array_max" if is_before else "array_min" -%}
{%- set columns = keys.values() | join(", ") -%}
{{ kind }} join ({{ blocks_of_rows(relation, columns, at, is_before) }}) as {{ alias }}_blocks
    on
        {%- for expression, column in keys.items() %}
        {{ expression }} = {{ alias }}_blocks.{{ column }}
        and
        {%- endfor %} {{ moment }} {{ comparison }} {{ alias }}_blocks.bound
        and ({{ alias }}_blocks.next_bound is null
            or not {{ moment }} {{ comparison }} {{ alias }}_blocks.next_bound)
inner join lateral (select nearest.row.* from (select {{ last }}(filter(
    {{ alias }}_blocks.rows, row -> {{ moment }} {{ comparison }} row.at)) as nearest)
) as {{ alias }}
{%- endmacro %}
