{% macro spark__json_text(value) -%}
case
    when left({{ value }}, 1) = '"' then get_json_object({{ value }}, '$')
    else {{ value }}
end
{%- endmacro %}
