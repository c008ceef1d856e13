{# The natural logarithm of the gamma function. #}
{% macro log_gamma(value) %}
    {{- return(adapter.dispatch("log_gamma")(value)) -}}
{% endmacro %}

{% macro duckdb__log_gamma(value) -%}
lgamma({{ value }})
{%- endmacro %}
