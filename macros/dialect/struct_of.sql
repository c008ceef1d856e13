{# A struct of named values: {name: value}. #}
{% macro struct_of(fields) %}
    {{- return(adapter.dispatch("struct_of")(fields)) -}}
{% endmacro %}

{% macro duckdb__struct_of(fields) -%}
struct_pack(
    {%- for name, value in fields.items() %}
    {{ name }} := {{ value }}{{ "," if not loop.last }}
    {%- endfor %}
)
{%- endmacro %}
