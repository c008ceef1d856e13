{# A JSON object in which a key's value, where it came as the text of an object, is that
   object. #}
{% macro with_object(line, key) %}
    {{- return(adapter.dispatch("with_object")(line, key)) -}}
{% endmacro %}

{% macro duckdb__with_object(line, key) -%}
{%- set text = "json_extract_string(" ~ line ~ ", '/" ~ key ~ "')" -%}
case
    when json_type({{ line }}, '/{{ key }}') = 'VARCHAR' and json_valid({{ text }})
        then {{ merge_objects(
            "json(" ~ line ~ ")", "json_object('" ~ key ~ "', try_cast(" ~ text ~ " as json))"
        ) }}
    else {{ line }}
end
{%- endmacro %}
