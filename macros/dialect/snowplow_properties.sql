{#
    The data of a Snowplow event: that of its self-describing event (of a row of a table,
    which has a column for each kind, the first that is not null), or the fields of a
    structured one; null for the others. Source: Snowplow's analytics SDKs.
#}
{% macro snowplow_properties(line) %}
    {{- return(adapter.dispatch("snowplow_properties")(line)) -}}
{% endmacro %}

{% macro duckdb__snowplow_properties(line) -%}
coalesce(
    case when contains({{ line }}, '"unstruct_event_') then json_extract({{ line }}, concat(
        '/', list_filter(json_keys({{ line }}), lambda name:
            starts_with(name, 'unstruct_event_')
            and json_type({{ line }}, concat('/', name)) <> 'NULL'
        )[1]
    )) end,
    case when contains({{ line }}, '"se_action"') then json_merge_patch(
        '{}', to_json(json_transform({{ line }}, '{
            "se_category": "JSON", "se_action": "JSON", "se_label": "JSON",
            "se_property": "JSON", "se_value": "JSON"
        }'))
    ) end
)
{%- endmacro %}
