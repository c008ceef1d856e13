{# The last address of a network from its first and its size, as same_network() has them. #}
{% macro last_address(first_address, size) %}
    {{- return(adapter.dispatch("last_address")(first_address, size)) -}}
{% endmacro %}

{% macro duckdb__last_address(first_address, size) -%}
{{ first_address }} + ({{ size }} - 1)
{%- endmacro %}
