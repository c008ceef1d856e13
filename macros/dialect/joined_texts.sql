{# Aggregates texts to one, in an order; null where there is none. #}
{% macro joined_texts(text, separator, order) %}
    {{- return(adapter.dispatch("joined_texts")(text, separator, order)) -}}
{% endmacro %}

{% macro duckdb__joined_texts(text, separator, order) -%}
string_agg({{ text }}, {{ separator }} order by {{ order }})
{%- endmacro %}
