{# A query with a row for each of some of its columns that has a value: its name and that. #}
{% macro unpivoted(query, columns, name, value) %}
    {{- return(adapter.dispatch("unpivoted")(query, columns, name, value)) -}}
{% endmacro %}

{% macro duckdb__unpivoted(query, columns, name, value) -%}
unpivot ({{ query }}) on {{ columns | join(", ") }} into name {{ name }} value {{ value }}
{%- endmacro %}
