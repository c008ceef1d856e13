{# The timestamp of microseconds since the year 1. #}
{% macro moment_of(number) %}
    {{- return(adapter.dispatch("moment_of")(number)) -}}
{% endmacro %}

{% macro duckdb__moment_of(number) -%}
make_timestamp({{ number }} - 62135596800000000)
{%- endmacro %}
