{% macro spark__json_object_keys(object) -%}
explode(json_object_keys({{ object }}))
{%- endmacro %}
