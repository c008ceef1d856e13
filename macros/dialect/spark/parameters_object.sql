{% macro spark__parameters_object(parameters) -%}
{{ bound(
    'typed', "transform(from_json(" ~ parameters ~ ", 'array<struct<key string, "
    ~ "value map<string, string>>>'), each -> struct(each.key as name, coalesce("
    ~ json_string("each.value['string_value']") ~ ", nullif(regexp_extract(coalesce("
    ~ "each.value['int_value'], each.value['double_value'], each.value['float_value']), "
    ~ "'^-?[0-9][-+.0-9eE]*$', 0), ''), 'null') as held))",
    "case when not exists(typed, each -> each.name is null) "
    ~ "then concat('{', array_join(transform(filter(typed, (each, place) -> "
    ~ "array_position(typed.name, each.name) = place + 1), each -> concat("
    ~ json_string("each.name") ~ ", ':', each.held)), ','), '}') else "
    ~ parameters ~ " end"
) }}
{%- endmacro %}
