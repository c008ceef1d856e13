{# The first value of a window that is not null; over (...) follows. #}
{% macro first_known(value) %}
    {{- return(adapter.dispatch("first_known")(value)) -}}
{% endmacro %}

{% macro duckdb__first_known(value) -%}
first_value({{ value }} ignore nulls)
{%- endmacro %}
