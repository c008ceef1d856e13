{# What a cell says, without blanks around it; null where it is empty. Spreadsheets write
   true and false in capitals. #}
{% macro cell_text(text, options) -%}
case
    when {{ options }} = 'true|false' then lower(nullif(trim({{ text }}), ''))
    else nullif(trim({{ text }}), '')
end
{%- endmacro %}
