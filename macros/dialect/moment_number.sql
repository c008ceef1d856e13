{# A timestamp as microseconds since 1970. #}
{% macro moment_number(moment) %}
    {{- return(adapter.dispatch("moment_number")(moment)) -}}
{% endmacro %}

{% macro duckdb__moment_number(moment) -%}
epoch_us({{ moment }})
{%- endmacro %}
