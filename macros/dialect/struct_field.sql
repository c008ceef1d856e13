{# A field of a struct whose name is no plain identifier. #}
{% macro struct_field(struct, name) %}
    {{- return(adapter.dispatch("struct_field")(struct, name)) -}}
{% endmacro %}

{% macro duckdb__struct_field(struct, name) -%}
struct_extract({{ struct }}, '{{ name }}')
{%- endmacro %}
