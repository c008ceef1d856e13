{# A whole row as a JSON object of column names and values. #}
{% macro row_as_json(alias) %}
    {{- return(adapter.dispatch("row_as_json")(alias)) -}}
{% endmacro %}

{% macro duckdb__row_as_json(alias) -%}
to_json({{ alias }})
{%- endmacro %}
