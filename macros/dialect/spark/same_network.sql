{% macro spark__same_network(address, other, size) -%}
left({{ address }}, 128 - {{ size }}) = left({{ other }}, 128 - {{ size }})
{%- endmacro %}
