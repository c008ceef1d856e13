{# A text as it stands in a statement. #}
{% macro sql_text(text) -%}
{{ dbt.string_literal(dbt.escape_single_quotes(text)) }}
{%- endmacro %}
