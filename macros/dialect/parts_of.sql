{# The parts of a text between bars, one row each. #}
{% macro parts_of(text) %}
    {{- return(adapter.dispatch("parts_of")(text)) -}}
{% endmacro %}

{% macro duckdb__parts_of(text) -%}
unnest(string_split({{ text }}, '|'))
{%- endmacro %}
