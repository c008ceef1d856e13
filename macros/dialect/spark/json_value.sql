{% macro spark__json_value(object, key) -%}
{{ bound('plain', json_map(object) ~ "[" ~ key ~ "]", "case
    when left(plain, 1) in ('{', '[') then " ~ wide_text('plain') ~ "
    when not contains(" ~ object ~ ", concat('\"', plain, '\"')) then "
    ~ plain_number('plain') ~ "
    else plain
end") }}
{%- endmacro %}
