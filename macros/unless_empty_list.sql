{# A JSON value, or null where it is a list of nothing, as which PHP writes an object without
   keys. #}
{% macro unless_empty_list(value) -%}
case when cast({{ value }} as string) <> '[]' then {{ value }} end
{%- endmacro %}
