{# The query of a URL with its question mark; null where it has none. #}
{% macro url_query(url) %}
    {{- return(adapter.dispatch("url_query")(url)) -}}
{% endmacro %}

{% macro duckdb__url_query(url) -%}
case
    when contains({{ url }}, '?')
        then regexp_extract({{ url }}, '^[^?#]*([?][^#]*)', 1)
end
{%- endmacro %}
