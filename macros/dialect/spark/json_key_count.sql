{% macro spark__json_key_count(object) -%}
size(json_object_keys({{ object }}))
{%- endmacro %}
