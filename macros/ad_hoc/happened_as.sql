{# Whether an event of named_happenings() goes by a name; without one, or by *, any does. #}
{% macro happened_as(name) -%}
{% if name in [none, '*'] %}true{% else %}happened = {{ snake_case(sql_text(name)) }}{% endif %}
{%- endmacro %}
