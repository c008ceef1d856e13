{# Says in words why a line is not JSON. #}
{% macro malformed_line_detail(line) -%}
case
    when left({{ line }}, 1) <> '{'
        then 'The line is not JSON: an object must begin with a brace.'
    when right({{ line }}, 1) <> '}'
        then 'The line is not JSON: it breaks off before its object ends, or goes on after it.'
    else 'The line is not JSON: its syntax is wrong, or it holds more than one object.'
end
{%- endmacro %}
