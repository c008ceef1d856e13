{# A text out of a URL, percent-decoded, or as it stands where that gives no UTF-8. #}
{% macro url_text(text) %}
    {{- return(adapter.dispatch("url_text")(text)) -}}
{% endmacro %}

{% macro duckdb__url_text(text) -%}
case
    when {{ text }} is not null
        then coalesce(try(url_decode(replace({{ text }}, '+', ' '))), {{ text }})
end
{%- endmacro %}
