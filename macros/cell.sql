{# A cell of a row of the model definitions, its default where it is empty. #}
{% macro cell(column_name, definition='definitions') -%}
{{ json_value(definition ~ '.cells', "'" ~ column_name ~ "'") }}
{%- endmacro %}
