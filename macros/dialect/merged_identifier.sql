{# One of the two identifiers that RudderStack's merge message makes one person. #}
{% macro merged_identifier(message, position) %}
    {{- return(adapter.dispatch("merged_identifier")(message, position)) -}}
{% endmacro %}

{% macro duckdb__merged_identifier(message, position) -%}
json_extract_string({{ message }}.mergeproperties, '/{{ position }}/value')
{%- endmacro %}
