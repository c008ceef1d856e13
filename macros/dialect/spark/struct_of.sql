{% macro spark__struct_of(fields) -%}
named_struct(
    {%- for name, value in fields.items() %}
    '{{ name }}', {{ value }}{{ "," if not loop.last }}
    {%- endfor %}
)
{%- endmacro %}
