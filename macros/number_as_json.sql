{# A number's text as JSON; a text that is none as a string; null where it is null. #}
{% macro number_as_json(text) -%}
case
    when {{ has_match(text, "'^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?$'") }}
        then {{ as_json(text) }}
    else {{ json_string(text) }}
end
{%- endmacro %}
