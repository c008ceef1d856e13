{#
    A JSON object with one more key, whose value (JSON) wins, or, where the condition `keeps`
    holds, that of the object; the object may be null, and what is no object stays as it
    is. Nearly always the key is new and can be put in front.
#}
{% macro with_key(object, key, value, keeps="false") %}
    {{- return(adapter.dispatch("with_key")(object, key, value, keeps)) -}}
{% endmacro %}

{% macro duckdb__with_key(object, key, value, keeps) -%}
{%- set added = "json_object('" ~ key ~ "', " ~ value ~ ")" -%}
case
    when {{ value }} is null then {{ object }}
    when {{ object }} is null or {{ object }} = '{}' then {{ added }}
    when not starts_with({{ object }}, '{') then {{ object }}
    when not contains({{ object }}, '"{{ key }}"') then concat(
        '{"{{ key }}":', cast(to_json({{ value }}) as varchar), ',',
        substr({{ object }}, 2)
    )
    when {{ keeps }} then {{ merge_objects(added, object) }}
    else {{ merge_objects(object, added) }}
end
{%- endmacro %}
