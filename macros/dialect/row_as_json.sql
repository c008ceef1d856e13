{# A whole row as a JSON object of column names and values; objects lists its columns that
   hold JSON, which must be the last. #}
{% macro row_as_json(alias, objects=[]) %}
    {{- return(adapter.dispatch("row_as_json")(alias, objects)) -}}
{% endmacro %}

{% macro duckdb__row_as_json(alias, objects) -%}
to_json({{ alias }})
{%- endmacro %}
