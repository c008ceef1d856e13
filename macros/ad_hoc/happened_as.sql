{# Whether an event of named_happenings() goes by a name; without one, or by *, any
   interaction does. #}
{% macro happened_as(name) -%}
{% if name in [none, '*'] %}is_interaction{% else %}happened = {{ snake_case(sql_text(name)) }}{% endif %}
{%- endmacro %}
