{#
    The first value of a query parameter of a URL, percent-decoded (as it stands
    where that gives no UTF-8); null where the URL has none. Only URLs that hold the name at all are searched.
#}
{% macro url_parameter(url, parameter) %}
    {{- return(adapter.dispatch("url_parameter")(url, parameter)) -}}
{% endmacro %}

{% macro duckdb__url_parameter(url, parameter) -%}
case
    when contains({{ url }}, '{{ parameter }}=')
        then nullif(coalesce(
            try(url_decode(replace(regexp_extract(
                {{ url }}, '[?&]{{ parameter }}=([^&#]*)', 1
            ), '+', ' '))),
            regexp_extract({{ url }}, '[?&]{{ parameter }}=([^&#]*)', 1)
        ), '')
end
{%- endmacro %}
