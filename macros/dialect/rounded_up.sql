{# A double rounded up to a whole one. #}
{% macro rounded_up(number) %}
    {{- return(adapter.dispatch("rounded_up")(number)) -}}
{% endmacro %}

{% macro duckdb__rounded_up(number) -%}
ceil({{ number }})
{%- endmacro %}
