{% macro spark__snowplow_properties(line) -%}
coalesce(
    case when contains({{ line }}, '"unstruct_event_') then {{ bound('keys',
        "filter(json_object_keys(" ~ line ~ "), name -> startswith(name, 'unstruct_event_') "
        ~ "and " ~ json_map(line) ~ "[name] is not null)",
        json_at_key(line, "try_element_at(keys, 1)")
    ) }} end,
    case when contains({{ line }}, '"se_action"') then {{ marked_object(
        "map_filter(" ~ marked_map(line) ~ ", (name, held) -> name in ('Sse_category', "
        ~ "'Sse_action', 'Sse_label', 'Sse_property', 'Sse_value') and held is not null)"
    ) }} end
)
{%- endmacro %}
