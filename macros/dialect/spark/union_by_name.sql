{# Spark has no such union: the columns are asked for and written out. #}
{% macro spark__union_by_name(relations) -%}
{%- set types = {} -%}
{%- set held = [] -%}
{%- for relation in relations if execute -%}
    {%- set columns = adapter.get_columns_in_relation(relation) -%}
    {%- do held.append(columns | map(attribute="name") | list) -%}
    {%- for column in columns if column.name not in types -%}
        {%- do types.update({column.name: column.dtype}) -%}
    {%- endfor -%}
{%- endfor -%}
{%- for relation in relations %}{% set own = held[loop.index0] %}
select
    {%- for name, type in types.items() %}
    {{ name if name in own else "cast(null as " ~ type ~ ") as " ~ name }}
    {{- "," if not loop.last }}
    {%- else %} *
    {%- endfor %}
from {{ relation }}
{{ "union all" if not loop.last }}
{%- endfor %}
{%- endmacro %}
