{# A URL up to its query and fragment. #}
{% macro url_without_query(url) %}
    {{- return(adapter.dispatch("url_without_query")(url)) -}}
{% endmacro %}

{% macro duckdb__url_without_query(url) -%}
regexp_extract({{ url }}, '^[^?#]*')
{%- endmacro %}
