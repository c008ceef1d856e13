{#
    GA4's list of keys and typed values as one object; of a key that stands in it twice the
    first. What is no such list stays as it is, to be judged later.
    Source: Google's schema of the BigQuery export.
#}
{% macro parameters_object(parameters) %}
    {{- return(adapter.dispatch("parameters_object")(parameters)) -}}
{% endmacro %}

{% macro duckdb__parameters_object(parameters) -%}
{%- set keys = "json_extract_string(" ~ parameters ~ ", '$[*].key')" -%}
coalesce(
    try(to_json(map_from_entries({{ parameter_entries(parameters) }}))),
    case when len({{ keys }}) = json_array_length({{ parameters }})
        then try(to_json(map_from_entries(list_transform(list_filter(
            list_zip(
                {{ parameter_entries(parameters) }}, range(1, len({{ keys }}) + 1)
            ), lambda placed: list_position({{ keys }}, placed[1].key) = placed[2]
        ), lambda placed: placed[1])))) end,
    {{ parameters }}
)
{%- endmacro %}
