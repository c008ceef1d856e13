{# The host of an absolute URL in lower case, without user, port and leading www. #}
{% macro url_host(url) %}
    {{- return(adapter.dispatch("url_host")(url)) -}}
{% endmacro %}

{% macro duckdb__url_host(url) -%}
nullif(regexp_extract(
    lower({{ url }}), '^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?(?:www[.])?([^/?#:]+)', 1
), '')
{%- endmacro %}
