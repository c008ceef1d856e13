{# Whether a text is a regular expression that the engine can read. #}
{% macro is_pattern(text) %}
    {{- return(adapter.dispatch("is_pattern")(text)) -}}
{% endmacro %}

{% macro duckdb__is_pattern(text) -%}
try(regexp_matches('', {{ text }})) is not null
{%- endmacro %}
