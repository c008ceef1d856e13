{# How many bytes of one text have to be changed for it to be another (Levenshtein). #}
{% macro edit_distance(text, other) %}
    {{- return(adapter.dispatch("edit_distance")(text, other)) -}}
{% endmacro %}

{% macro duckdb__edit_distance(text, other) -%}
levenshtein({{ text }}, {{ other }})
{%- endmacro %}
