{# The type of a JSON value, told from its first character. #}
{% macro json_kind(value) -%}
case left({{ value }}, 1)
    when '"' then 'string'
    when '{' then 'object'
    when '[' then 'array'
    when 't' then 'boolean'
    when 'f' then 'boolean'
    when 'n' then 'null'
    else 'number'
end
{%- endmacro %}
