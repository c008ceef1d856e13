{# DuckDB only. GA4's list of keys and typed values as a list of keys and JSON values. #}
{% macro parameter_entries(parameters) -%}
list_transform(
    json_transform({{ parameters }}, '[{"key": "VARCHAR", "value": {
        "string_value": "VARCHAR", "int_value": "VARCHAR", "float_value": "VARCHAR",
        "double_value": "VARCHAR"
    }}]'),
    lambda parameter: struct_pack(key := parameter.key, value := coalesce(
        to_json(parameter.value.string_value),
        try_cast(coalesce(
            parameter.value.int_value, parameter.value.double_value,
            parameter.value.float_value
        ) as json)
    ))
)
{%- endmacro %}
