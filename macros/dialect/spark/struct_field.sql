{% macro spark__struct_field(struct, name) -%}
{{ struct }}.`{{ name }}`
{%- endmacro %}
