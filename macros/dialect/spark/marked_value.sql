{# Spark only. The value of one key of a JSON object as JSON, told by marks. #}
{% macro marked_value(object, key) -%}
{{ bound('mark', marked_map(object) ~ "[concat('S', " ~ key ~ ")]", unmarked_json('mark')) }}
{%- endmacro %}
