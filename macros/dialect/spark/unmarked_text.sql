{# Spark only. The JSON text of which marked_json() made another. #}
{% macro unmarked_text(text) -%}
replace(replace(regexp_replace(regexp_replace(
        replace(replace({{ text }}, r'\\', r'\u005c'), r'\"', r'\u0022'),
        '"(-?[0-9][0-9.eE+-]*+)S"', '$1'), '"S([^"]*+)"', '"$1"'
    ), r'\u0022', r'\"'), r'\u005c', r'\\'
)
{%- endmacro %}
