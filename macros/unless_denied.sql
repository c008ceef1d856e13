{# A value of an event that came with consent; null of one that did not. #}
{% macro unless_denied(event, value) -%}
case when not {{ is_without_consent(event) }} then {{ value }} end
{%- endmacro %}
