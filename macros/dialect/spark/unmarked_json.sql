{# Spark only. A value of marked_map() as JSON; null is that of JSON. #}
{% macro unmarked_json(value) -%}
case
    when left({{ value }}, 1) = 'S' then {{ json_string("substr(" ~ value ~ ", 2)") }}
    when left({{ value }}, 1) in ('{', '[') then {{ unmarked_text(value) }}
    else coalesce({{ json_number("rtrim('S', " ~ value ~ ")") }}, 'null')
end
{%- endmacro %}
