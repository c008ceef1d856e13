{# The standard error of the difference of two means from the squared errors of both, null
   where there is none, and Welch's degrees of freedom. #}
{% macro welch(treated, control) -%}
sqrt(nullif(greatest(0, {{ treated }}.squared_error + {{ control }}.squared_error), 0))
        as standard_error,
    power({{ treated }}.squared_error + {{ control }}.squared_error, 2) / nullif(
        power({{ treated }}.squared_error, 2) / nullif({{ treated }}.units - 1, 0)
        + power({{ control }}.squared_error, 2) / nullif({{ control }}.units - 1, 0), 0
    ) as degrees_of_freedom
{%- endmacro %}
