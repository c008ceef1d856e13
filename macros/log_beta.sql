{# The natural logarithm of the beta function. #}
{% macro log_beta(first, second) -%}
({{ log_gamma(first) }} + {{ log_gamma(second) }} - {{ log_gamma(first ~ ' + ' ~ second) }})
{%- endmacro %}
