{% macro spark__without_keys(object, keys) -%}
case
    when {{ object }} rlike r'^\s*[{]' then {{ bound('others', marked_object(
        "map_filter(" ~ marked_map(object) ~ ", (name, held) -> name not in ('S"
        ~ keys | join("', 'S") ~ "'))"
    ), "nullif(others, '{}')") }}
    else nullif({{ object }}, 'null')
end
{%- endmacro %}
