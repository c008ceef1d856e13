{# What a group of a regular expression matches in a text; empty where nothing is found. #}
{% macro matched_part(text, pattern, group) %}
    {{- return(adapter.dispatch("matched_part")(text, pattern, group)) -}}
{% endmacro %}

{% macro duckdb__matched_part(text, pattern, group) -%}
regexp_extract({{ text }}, {{ pattern }}, {{ group }})
{%- endmacro %}
