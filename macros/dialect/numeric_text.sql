{# A text that is about to be cast to a number, so that each engine takes the same for one. #}
{% macro numeric_text(text) %}
    {{- return(adapter.dispatch("numeric_text")(text)) -}}
{% endmacro %}

{% macro duckdb__numeric_text(text) -%}
{{ text }}
{%- endmacro %}
