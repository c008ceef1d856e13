{# The host of an absolute URL in lower case, without user, port and leading www. #}
{% macro url_host(url) %}
    {{- return(adapter.dispatch("url_host")(url)) -}}
{% endmacro %}

{% macro duckdb__url_host(url) -%}
{%- set authority = "split_part(split_part(split_part(split_part(lower(" ~ url
    ~ "), '://', 2), '/', 1), '?', 1), '#', 1)" -%}
case
    when not contains({{ url }}, '://') then null
    when contains({{ authority }}, '@') or contains({{ authority }}, ':')
        then nullif(regexp_extract({{ authority }}, '^(?:.*@)?(?:www[.])?([^:]*)', 1), '')
    when starts_with({{ authority }}, 'www.') then substr({{ authority }}, 5)
    else nullif({{ authority }}, '')
end
{%- endmacro %}
