{# Whether a regular expression is found in a text. #}
{% macro has_match(text, pattern) %}
    {{- return(adapter.dispatch("has_match")(text, pattern)) -}}
{% endmacro %}

{% macro duckdb__has_match(text, pattern) -%}
regexp_matches({{ text }}, {{ pattern }})
{%- endmacro %}
