{# Whether an event of named_happenings() goes by a name; without one, any does. #}
{% macro happened_as(name) -%}
{% if name is none %}true{% else %}happened = {{ snake_case("'" ~ name ~ "'") }}{% endif %}
{%- endmacro %}
