{# The text of the time at which a line says that its collector received it. #}
{% macro received_time(line) -%}
case {{ line }}.collector
    when 'throughline' then {{ line }}.message.received_at
    when 'amplitude' then {{ line }}.message.server_received_time
    when 'snowplow' then {{ line }}.message.collector_tstamp
    when 'posthog' then {{ line }}.message.created_at
    when 'mixpanel' then
        {{ json_value(line ~ '.message.properties', "'mp_processing_time_ms'") }}
    else coalesce({{ line }}.message.receivedat, {{ line }}.message.received_at)
end
{%- endmacro %}
