{% macro spark__json_field(object, key) -%}
{{ json_at_key(object, "'" ~ key ~ "'") }}
{%- endmacro %}
