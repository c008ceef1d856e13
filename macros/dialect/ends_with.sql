{# Whether a text ends with another. #}
{% macro ends_with(text, ending) %}
    {{- return(adapter.dispatch("ends_with")(text, ending)) -}}
{% endmacro %}

{% macro duckdb__ends_with(text, ending) -%}
ends_with({{ text }}, {{ ending }})
{%- endmacro %}
