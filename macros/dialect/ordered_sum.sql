{# A sum of doubles in order of their size, compensated (Kahan 1965). #}
{% macro ordered_sum(number) %}
    {{- return(adapter.dispatch("ordered_sum")(number)) -}}
{% endmacro %}

{% macro duckdb__ordered_sum(number) -%}
fsum({{ number }} order by {{ number }})
{%- endmacro %}
