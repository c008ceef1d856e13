{% macro spark__with_object(line, key) -%}
{{ bound('parent', line, "case
    when left(" ~ marked_map('parent') ~ "['S" ~ key ~ "'], 1) = 'S' then " ~ merge_objects(
        'parent', "concat('{\"" ~ key ~ "\":', " ~ without_nulls(
            json_map('parent') ~ "['" ~ key ~ "']"
        ) ~ ", '}')"
    ) ~ "
    else parent
end") }}
{%- endmacro %}
