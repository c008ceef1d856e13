{# dbt's own, which leaves alone the backslashes that Spark reads as escapes. #}
{% macro spark__escape_single_quotes(expression) -%}
{{ expression | replace("\\", "\\\\") | replace("'", "\\'") }}
{%- endmacro %}
