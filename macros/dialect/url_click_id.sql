{# The id of the click that click_parameter names, percent-decoded. #}
{% macro url_click_id(query) %}
    {{- return(adapter.dispatch("url_click_id")(query)) -}}
{% endmacro %}

{% macro duckdb__url_click_id(query) -%}
{%- set pattern = "'(?i)[?&;#]([a-z_]+)=([^&;#]+)'" -%}
case
    when {{ click_parameter(query) }} is not null
        then list_transform(
            [regexp_extract_all({{ query }}, {{ pattern }}, 2)[list_position(
                regexp_extract_all(lower({{ query }}), {{ pattern }}, 1),
                {{ click_parameter(query) }}
            )]],
            lambda text: coalesce(try(url_decode(text)), text)
        )[1]
end
{%- endmacro %}
