{# A struct of the reserved keys of a Kissmetrics line. #}
{% macro parse_kissmetrics(line) %}
    {{- return(adapter.dispatch("parse_kissmetrics")(line)) -}}
{% endmacro %}

{% macro duckdb__parse_kissmetrics(line) -%}
json_transform({{ line }}, '{
    "_n": "VARCHAR", "_p": "VARCHAR", "_p2": "VARCHAR", "_t": "VARCHAR"
}')
{%- endmacro %}
