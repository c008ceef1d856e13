{# A regular expression that stands for just this text. #}
{% macro text_pattern(text) %}
    {{- return(adapter.dispatch("text_pattern")(text)) -}}
{% endmacro %}

{% macro duckdb__text_pattern(text) -%}
regexp_escape({{ text }})
{%- endmacro %}
