{# Spark counts letters, of which Latin-1 has one for each byte. #}
{% macro spark__edit_distance(text, other) -%}
levenshtein(
    decode(encode({{ text }}, 'UTF-8'), 'ISO-8859-1'),
    decode(encode({{ other }}, 'UTF-8'), 'ISO-8859-1')
)
{%- endmacro %}
