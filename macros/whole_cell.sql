{# A cell of a row of the model definitions as a whole number, which 7.0 and 1e1 are too. #}
{% macro whole_cell(column_name, definition='definitions') -%}
try_cast(
    try_cast({{ numeric_text(cell(column_name, definition)) }} as double) as integer
)
{%- endmacro %}
