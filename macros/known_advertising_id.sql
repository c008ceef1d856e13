{# An advertising id; null where its owner has refused one, for which iOS has zeros. #}
{% macro known_advertising_id(id) -%}
nullif({{ id }}, '00000000-0000-0000-0000-000000000000')
{%- endmacro %}
