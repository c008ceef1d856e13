{# The text of the time at which a line says that its collector received it. #}
{% macro received_time(line) -%}
coalesce(
    {{ line }}.message.received_at, {{ line }}.message.receivedat,
    {{ line }}.message.server_received_time, {{ line }}.message.collector_tstamp,
    {{ line }}.message.created_at,
    case
        when {{ line }}.collector = 'mixpanel' then
            {{ json_value(line ~ '.message.properties', "'mp_processing_time_ms'") }}
    end
)
{%- endmacro %}
