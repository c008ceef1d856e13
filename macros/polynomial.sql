{# A polynomial by Horner's rule, of a text of coefficients from the constant on. #}
{% macro polynomial(variable, coefficients) -%}
{%- set terms = coefficients.split() -%}
{{ '(' * (terms | length) }}{{ terms | last }}
{%- for term in terms[:-1] | reverse %} * ({{ variable }}) + {{ term }}){% endfor %})
{%- endmacro %}
