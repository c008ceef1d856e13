{# Whether a text contains the pattern of a row, or starts with it where the row says so. #}
{% macro pattern_is_found(text, row) -%}
case {{ row }}.operator
    when 'starts_with' then {{ begins_with(text, row ~ '.pattern') }}
    else contains({{ text }}, {{ row }}.pattern)
end
{%- endmacro %}
