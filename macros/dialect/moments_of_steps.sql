{#
    Of moments (microseconds times 1024 plus the number of an event) those of a funnel's
    events, as deepest_moment reads them: an event's step is its place in the list of the
    funnel's events. Those of one microsecond may be out of order.
#}
{% macro moments_of_steps(moments, event_numbers) %}
    {{- return(adapter.dispatch("moments_of_steps")(moments, event_numbers)) -}}
{% endmacro %}

{% macro duckdb__moments_of_steps(moments, event_numbers) -%}
list_transform(
    list_filter(
        {{ moments }}, lambda moment: list_contains({{ event_numbers }}, moment & 1023)
    ),
    lambda moment: ((moment >> 10) << 6)
        + list_position({{ event_numbers }}, moment & 1023)
)
{%- endmacro %}
