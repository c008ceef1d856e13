{# The host of an absolute URL in lower case, without port and leading www. #}
{% macro url_host(url) %}
    {{- return(adapter.dispatch("url_host")(url)) -}}
{% endmacro %}

{% macro duckdb__url_host(url) -%}
nullif(lower(regexp_extract(
    {{ url }}, '^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#@]*@)?(?:www[.])?([^/?#:]+)', 1
)), '')
{%- endmacro %}
