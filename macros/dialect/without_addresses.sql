{# A text in which whatever looks like an IP address reads (ip). #}
{% macro without_addresses(text) %}
    {{- return(adapter.dispatch("without_addresses")(text)) -}}
{% endmacro %}

{% macro duckdb__without_addresses(text) -%}
regexp_replace(
    {{ text }},
    '[0-9]{1,3}(?:[.][0-9]{1,3}){3}|(?i)[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}', '(ip)', 'g'
)
{%- endmacro %}
