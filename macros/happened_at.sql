{#
    When an event happened, by its collector's rule. Where that says no time itself, the
    device's clock is set right by what it showed when it sent the message and when that
    arrived; Amplitude's only where it is wrong by more than a minute, and Snowplow has the
    time of arrival where the device sent before it made the event, or does not say.
    Sources: Segment, common fields of a message; Snowplow, derived_tstamp; Amplitude,
    event_time.
#}
{% macro happened_at(line) -%}
case
    when {{ line }}.event_at is not null then {{ line }}.event_at
    when {{ line }}.collector in ('throughline', 'mixpanel') then null
    when {{ line }}.collector = 'amplitude' and coalesce(abs({{ seconds_between(
        line ~ '.sent_at', line ~ '.received_at'
    ) }}), 0) <= 60 then {{ line }}.original_at
    when {{ line }}.collector = 'snowplow'
        and not coalesce({{ line }}.original_at < {{ line }}.sent_at, false)
        then {{ line }}.received_at
    else coalesce(
        {{ line }}.received_at - ({{ line }}.sent_at - {{ line }}.original_at),
        {{ line }}.original_at
    )
end
{%- endmacro %}
