{# Whether a text is as a pattern says, in which a star is any text and all else literal. #}
{% macro fits_wildcard(value, pattern) -%}
{{ value }} like replace(replace(replace(replace(
    {{ pattern }}, '|', '||'), '%', '|%'), '_', '|_'), '*', '%') escape '|'
{%- endmacro %}
