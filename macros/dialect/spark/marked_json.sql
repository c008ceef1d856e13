{#
    Spark only. JSON text with an S before all that is in quotes, and with the numbers that
    Spark would write with an exponent in quotes, before an S.
#}
{% macro marked_json(text) -%}
regexp_replace(
    replace(replace({{ text }}, r'\\', r'\u005c'), r'\"', r'\u0022'), concat(
        '"([^"]*+)"|(?<=[:,\\s\\[])(-?(?:[0-9]{8,17}[.][0-9]++|0[.]000[0-9]++',
        '|[0-9]++(?:[.][0-9]++)?[eE][-+]?[0-9]++))',
        '(?=[],\\s}])'
    ), '"$2S$1"'
)
{%- endmacro %}
