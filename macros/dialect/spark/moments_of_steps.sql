{% macro spark__moments_of_steps(moments, event_numbers) -%}
transform(
    filter({{ moments }}, moment -> array_contains({{ event_numbers }}, moment % 1024)),
    moment -> moment div 1024 * 64
        + array_position({{ event_numbers }}, moment % 1024)
)
{%- endmacro %}
