{# The host of an absolute URL in lower case, without user, port and leading www. #}
{% macro url_host(url) %}
    {{- return(adapter.dispatch("url_host")(url)) -}}
{% endmacro %}

{% macro duckdb__url_host(url) -%}
case
    when contains({{ url }}, '://')
        then nullif(regexp_extract(
            lower(split_part(split_part({{ url }}, '://', 2), '/', 1)),
            '^(?:[^?#]*@)?(?:www[.])?([^?#:]+)', 1
        ), '')
end
{%- endmacro %}
