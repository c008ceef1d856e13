{# dbt's own for Spark, but for the lists in the fixtures of unit tests: [1.0, 2.0]. #}
{% macro spark__safe_cast(field, type) -%}
{%- if field is sequence and field is not string -%}
cast(array({{ (field | string)[1:-1] }}) as {{ type }})
{%- else -%}
cast({{ field.strip("\"'") if field is string and type.startswith(("array", "struct", "map"))
    else field }} as {{ type }})
{%- endif -%}
{%- endmacro %}
