{# A regular expression of an IPv4 address. #}
{% macro ipv4_address_pattern() -%}
{%- set byte = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])" -%}
({{ byte }}[.]){3}{{ byte }}
{%- endmacro %}
