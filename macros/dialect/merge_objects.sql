{#
    Two JSON objects as one, the second's keys winning whatever they hold; either may
    be null. What is no object stays as it is, to be judged later.
#}
{% macro merge_objects(first, second) %}
    {{- return(adapter.dispatch("merge_objects")(first, second)) -}}
{% endmacro %}

{% macro duckdb__merge_objects(first, second) -%}
case
    when {{ first }} is null then {{ second }}
    when {{ second }} is null then {{ first }}
    when left({{ first }}, 1) <> '{' then {{ first }}
    when left({{ second }}, 1) <> '{' then {{ second }}
    else coalesce(
        try(to_json(map_concat(
            cast({{ first }} as map(varchar, json)), cast({{ second }} as map(varchar, json))
        ))),
        json_merge_patch({{ first }}, {{ second }})
    )
end
{%- endmacro %}
