{# A pattern in which a star stands for anything, as a regular expression. #}
{% macro wildcard_pattern(pattern) %}
    {{- return(adapter.dispatch("wildcard_pattern")(pattern)) -}}
{% endmacro %}

{% macro duckdb__wildcard_pattern(pattern) -%}
concat('(?s)^', replace(regexp_escape({{ pattern }}), regexp_escape('*'), '.*'), '$')
{%- endmacro %}
