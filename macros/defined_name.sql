{# An event's name as definitions are matched; the star stays. #}
{% macro defined_name(name) -%}
case when {{ name }} = '*' then '*' else {{ snake_case(name) }} end
{%- endmacro %}
