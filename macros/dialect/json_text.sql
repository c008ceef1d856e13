{# A JSON value as text: a string without its quotes, anything else as JSON writes it. #}
{% macro json_text(value) %}
    {{- return(adapter.dispatch("json_text")(value)) -}}
{% endmacro %}

{% macro duckdb__json_text(value) -%}
case
    when left({{ value }}, 1) = '"' then json_extract_string({{ value }}, '$')
    else cast({{ value }} as varchar)
end
{%- endmacro %}
