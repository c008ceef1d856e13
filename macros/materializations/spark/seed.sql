{#
    A seed on Spark is one statement, with the number that each row has in its file: a
    table has no order there, and messages about definitions name the row. The columns of
    seeds that say so (meta: is_all_text) are text, whatever they look like. dbt's reader
    takes the word null for an empty cell: null_text says that it is meant in the first.
#}
{% materialization seed, adapter='spark' %}
    {%- set table = load_agate_table() -%}
    {%- do store_raw_result('agate_table', 'OK', agate_table=table) -%}
    {%- set is_all_text = model.config.get('meta', {}).get('is_all_text', false) -%}
    {%- set null_text = model.config.get('meta', {}).get('null_text') -%}
    {%- set chosen = model.config.get('column_types') or {} -%}
    {%- set columns = [] -%}
    {%- for name in table.column_names -%}
        {%- set type = 'string' if is_all_text else
            chosen.get(name, adapter.convert_type(table, loop.index0)) -%}
        {%- do columns.append('cast(' ~ name ~ ' as '
            ~ (type | replace('varchar', 'string')) ~ ') as ' ~ name) -%}
    {%- endfor -%}
    {%- set query -%}
        select
            {{ columns | join(', ') }},
            cast(seed_row_number as bigint) as seed_row_number
        from values
            {% for row in table.rows -%}
            ({% for cell in row %}{{ text_literal(null_text if cell is none and loop.first
                else cell) }}, {% endfor %}{{ loop.index + 1 }}),
            {% endfor -%}
            ({% for name in table.column_names %}null, {% endfor %}0)
            as rows ({{ table.column_names | join(', ') }}, seed_row_number)
        where seed_row_number > 0
    {%- endset -%}
    {{ return(table_on_spark(query)) }}
{% endmaterialization %}

{# A value of a seed as a literal. #}
{% macro text_literal(value) -%}
    {%- if value is none -%}
null
    {%- elif value in [true, false] and value is boolean -%}
'{{ value | lower }}'
    {%- else -%}
'{{ value | string | replace("\\", "\\\\") | replace("'", "\\'") }}'
    {%- endif -%}
{%- endmacro %}
