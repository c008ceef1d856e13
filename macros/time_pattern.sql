{# A regular expression of a time of the day with its offset (RFC 3339). #}
{% macro time_pattern() -%}
([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])
{%- endmacro %}
