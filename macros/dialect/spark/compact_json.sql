{# With marks only where numbers need them. #}
{% macro spark__compact_json(value) -%}
{%- set whole = "concat('{\"x\":', " ~ value ~ ", '}')" -%}
{{ bound('text', "case
    when left(ltrim(" ~ value ~ "), 1) not in ('{', '[') then " ~ value ~ "
    when " ~ value ~ " rlike '(:|,|\\\\[) *-?([0-9]{8,17}[.]|0[.]000)'
        then " ~ unmarked_text(marked_map(whole) ~ "['Sx']") ~ "
    else " ~ json_map(whole) ~ "['x']
end", wide_text('text')) }}
{%- endmacro %}
