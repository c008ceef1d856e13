{% macro spark__with_object(line, key) -%}
{{ bound('parent', line, bound('held', json_map('parent') ~ "['" ~ key ~ "']", "case
    when left(" ~ marked_map('parent') ~ "['S" ~ key ~ "'], 1) = 'S' and "
        ~ is_json('held') ~ " then "
        ~ merge_objects('parent', "concat('{\"" ~ key ~ "\":', held, '}')") ~ "
    else parent
end")) }}
{%- endmacro %}
