{% macro spark__numbered_elements(list, place, element) -%}
inline(transform({{ list }}, (each, place) -> named_struct(
    '{{ place }}', place + 1, '{{ element }}', each
)))
{%- endmacro %}
