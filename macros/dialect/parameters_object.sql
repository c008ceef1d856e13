{#
    GA4's list of keys and typed values as one object; the list as it is where a key
    stands in it twice. Source: Google's schema of the BigQuery export.
#}
{% macro parameters_object(parameters) %}
    {{- return(adapter.dispatch("parameters_object")(parameters)) -}}
{% endmacro %}

{% macro duckdb__parameters_object(parameters) -%}
coalesce(try(to_json(map_from_entries(list_transform(
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
)))), {{ parameters }})
{%- endmacro %}
