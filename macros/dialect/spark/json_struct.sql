{#
    Spark only. A struct of what a JSON object holds: texts as text, parts as JSON, objects
    as maps, and others as they are told. Of a key that comes twice it is the first. Spark
    reads the object once, however often its map is written here.
#}
{% macro json_struct(object, texts, parts=[], objects=[], others={}) -%}
{%- set fields = [] -%}
{%- for name in texts -%}
    {%- do fields.append(
        "'" ~ name ~ "', " ~ plain_number(json_map(object) ~ "['" ~ name ~ "']")
    ) -%}
{%- endfor -%}
{%- for name in parts -%}
    {%- do fields.append("'" ~ name ~ "', " ~ json_part(object, "'" ~ name ~ "'")) -%}
{%- endfor -%}
{%- for name in objects -%}
    {%- do fields.append("'" ~ name ~ "', " ~ json_map(json_map(object) ~ "['" ~ name ~ "']")) -%}
{%- endfor -%}
{%- for name, value in others.items() -%}
    {%- do fields.append("'" ~ name ~ "', " ~ value) -%}
{%- endfor -%}
named_struct({{ fields | join(', ') }})
{%- endmacro %}
