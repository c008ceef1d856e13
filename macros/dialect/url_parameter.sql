{#
    The first value of a parameter of a URL's query, percent-decoded (as it stands where
    that gives no UTF-8); null where there is none.
#}
{% macro url_parameter(query, parameter) %}
    {{- return(adapter.dispatch("url_parameter")(query, parameter)) -}}
{% endmacro %}

{% macro duckdb__url_parameter(query, parameter) -%}
case
    when contains({{ query }}, '{{ parameter }}=')
        then nullif(coalesce(
            try(url_decode(replace(regexp_extract(
                {{ query }}, '[?&]{{ parameter }}=([^&]*)', 1
            ), '+', ' '))),
            regexp_extract({{ query }}, '[?&]{{ parameter }}=([^&]*)', 1)
        ), '')
end
{%- endmacro %}
