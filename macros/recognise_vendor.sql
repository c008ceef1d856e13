{# The collector that a message's keys name, of those with a shape of their own; null for
   the project's own format, Segment's and RudderStack's. #}
{% macro recognise_vendor(m) -%}
case
    when {{ m }}._p is not null and (coalesce({{ m }}._n, {{ m }}._t) is not null
        or coalesce({{ m }}.event, {{ m }}.timestamp) is null) then 'kissmetrics'
    when {{ m }}.collector_tstamp is not null then 'snowplow'
    when left({{ m }}.events, 1) = '['
        and coalesce({{ m }}.event, {{ m }}.timestamp) is null then 'mparticle'
    when {{ m }}.event_timestamp is not null and {{ m }}.timestamp is null
        and ({{ m }}.user_pseudo_id is not null or {{ m }}.event_params is not null) then 'ga4'
    when {{ m }}.distinct_id is not null and {{ m }}.event is not null
        and coalesce({{ m }}.event_id, {{ m }}.user_id, {{ m }}.anonymous_id,
        {{ m }}.device_id) is null then 'posthog'
    when {{ m }}.event_type is not null and coalesce(
        {{ m }}.event, {{ m }}.event_name, {{ m }}.timestamp) is null and coalesce(
        {{ m }}.amplitude_id, {{ m }}.event_properties, {{ m }}.client_event_time,
        {{ m }}.event_time, {{ m }}.time) is not null then 'amplitude'
    when {{ m }}.timestamp is null and {{ m }}.time is not null and coalesce(
        {{ m }}.from_user_id, {{ m }}.event_id, {{ m }}.session_id, {{ m }}.identity
    ) is not null then 'heap'
    when {{ m }}.event is not null and coalesce({{ m }}.timestamp, {{ m }}.type) is null
        and {{ is_mixpanel_properties(m ~ '.properties') }} then 'mixpanel'
end
{%- endmacro %}
