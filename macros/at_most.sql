{# A number, or a bound where it is larger; null stays null, which least() would lose. #}
{% macro at_most(bound, number) -%}
case when {{ number }} > {{ bound }} then {{ bound }} else {{ number }} end
{%- endmacro %}
