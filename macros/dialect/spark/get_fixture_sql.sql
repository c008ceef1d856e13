{# As one list of values: what Spark plans for a union of many rows takes it a minute. #}
{% macro spark__get_fixture_sql(rows, column_name_to_data_types) -%}
{%- set types = column_name_to_data_types or {} -%}
{%- for column in adapter.get_columns_in_relation(this) if not column_name_to_data_types -%}
    {%- do types.update({column.name | lower: column.data_type}) -%}
{%- endfor -%}
{%- set lines = [] -%}
{%- for row in rows or [{}] -%}
    {%- set given = format_row(row, types) -%}
    {%- set cells = [] -%}
    {%- for name, type in types.items() -%}
        {%- do cells.append(given[name] if name in given else safe_cast("null", type) | trim) -%}
    {%- endfor -%}
    {%- do lines.append("(" ~ cells | join(", ") ~ ")") -%}
{%- endfor -%}
select * from values
{{ lines | join(",\n") }}
as fixture (`{{ types | join("`, `") }}`)
{{ "limit 0" if not rows }}
{%- endmacro %}
