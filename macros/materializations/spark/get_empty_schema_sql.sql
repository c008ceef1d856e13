{# The types of contracts as Spark has them: text without a length, JSON as text. #}
{% macro spark__get_empty_schema_sql(columns) -%}
{%- set types = {'varchar': 'string', 'json': 'string', 'timestamp': 'timestamp_ntz'} -%}
select
    {%- for column in columns.values() %}
    cast(null as {{ types.get(column.data_type, column.data_type) }}) as {{ column.name }}
    {{- "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}
