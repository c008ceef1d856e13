{# The type or the value of one of the two identifiers of a RudderStack merge message. #}
{% macro merge_property(message, position, key) %}
    {{- return(adapter.dispatch("merge_property")(message, position, key)) -}}
{% endmacro %}

{% macro duckdb__merge_property(message, position, key) -%}
json_extract_string({{ message }}.mergeproperties, '/{{ position }}/{{ key }}')
{%- endmacro %}
