{#
    A JSON object with one more key, whose value wins; the object may be null, and what
    is no object stays as it is. Nearly always the key is new and can be put in front.
#}
{% macro with_key(object, key, value) %}
    {{- return(adapter.dispatch("with_key")(object, key, value)) -}}
{% endmacro %}

{% macro duckdb__with_key(object, key, value) -%}
case
    when {{ value }} is null then {{ object }}
    when {{ object }} is null or {{ object }} = '{}'
        then json_object('{{ key }}', {{ value }})
    when left({{ object }}, 1) <> '{' then {{ object }}
    when not contains({{ object }}, '"{{ key }}"')
        then concat(
            '{"{{ key }}":', cast(to_json({{ value }}) as varchar), ',',
            substr({{ object }}, 2)
        )
    else {{ merge_objects(object, "json_object('" ~ key ~ "', " ~ value ~ ")") }}
end
{%- endmacro %}
