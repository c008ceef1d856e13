{# The path of an absolute URL, / where it has none; null for anything else. #}
{% macro url_path(url) %}
    {{- return(adapter.dispatch("url_path")(url)) -}}
{% endmacro %}

{% macro duckdb__url_path(url) -%}
case
    when contains({{ url }}, '://') or starts_with({{ url }}, '//')
        then coalesce(nullif(regexp_extract(
            {{ url }}, '^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/?#]*(/[^?#]*)', 1
        ), ''), '/')
end
{%- endmacro %}
