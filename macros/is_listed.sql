{# Whether a value is one of those listed with bars between them. #}
{% macro is_listed(value, list) -%}
(not contains({{ value }}, '|') and coalesce(
    contains(concat('|', {{ list }}, '|'), concat('|', {{ value }}, '|')), false
))
{%- endmacro %}
