{# Whether a value is one of those listed with bars between them. #}
{% macro is_listed(value, list) -%}
(not contains({{ value }}, '|')
    and contains(concat('|', {{ list }}, '|'), concat('|', {{ value }}, '|')))
{%- endmacro %}
