{# A pattern of an IP address of version 4, with or without a port and also where it
   stands inside one of version 6: its first three numbers, and its fourth. #}
{% macro ipv4_parts_pattern() -%}
{%- set number = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])" -%}
^(?:::[fF]{4}:)?((?:{{ number }}[.]){3})({{ number }})(?::[0-9]+)?$
{%- endmacro %}
