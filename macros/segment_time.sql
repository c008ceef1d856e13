{#
    When a Segment event happened. Without its timestamp, the device's clock is set right
    by what it said when it sent the message and when that arrived.
    Source: Segment's documentation of timestamps in the common fields of a message.
#}
{% macro segment_time(event) -%}
coalesce(
    {{ event }}.event_at,
    {{ event }}.received_at - ({{ event }}.sent_at - {{ event }}.original_at),
    {{ event }}.original_at
)
{%- endmacro %}
