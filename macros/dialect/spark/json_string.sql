{# Most texts need no escapes, and putting them in quotes is much faster than to_json(). #}
{% macro spark__json_string(text) -%}
case
    when {{ text }} rlike r'["\\\x00-\x1f]'
        then trim(both '[]' from to_json(array({{ text }})))
    else concat('"', {{ text }}, '"')
end
{%- endmacro %}
