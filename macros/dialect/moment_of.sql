{# The timestamp of microseconds since 1970. #}
{% macro moment_of(number) %}
    {{- return(adapter.dispatch("moment_of")(number)) -}}
{% endmacro %}

{% macro duckdb__moment_of(number) -%}
make_timestamp({{ number }})
{%- endmacro %}
