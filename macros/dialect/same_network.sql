{# Whether two addresses, as ip_number() gives them, lie in one network of a size, as
   network_size() gives it. #}
{% macro same_network(address, other, size) %}
    {{- return(adapter.dispatch("same_network")(address, other, size)) -}}
{% endmacro %}

{% macro duckdb__same_network(address, other, size) -%}
{{ address }} - {{ address }} % {{ size }} = {{ other }} - {{ other }} % {{ size }}
{%- endmacro %}
