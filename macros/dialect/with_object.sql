{# A JSON object in which a key's value, where it came as the text of an object, is that
   object. #}
{% macro with_object(line, key) %}
    {{- return(adapter.dispatch("with_object")(line, key)) -}}
{% endmacro %}

{% macro duckdb__with_object(line, key) -%}
case
    when json_type({{ line }}, '/{{ key }}') = 'VARCHAR' then coalesce(try(json_merge_patch(
        json_merge_patch({{ line }}, '{"{{ key }}": null}'),
        json_object('{{ key }}', cast(json_extract_string({{ line }}, '/{{ key }}') as json))
    )), {{ line }})
    else {{ line }}
end
{%- endmacro %}
