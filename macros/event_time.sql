{# The text of the time at which a line says that its event happened. #}
{% macro event_time(line) -%}
coalesce(
    {{ line }}.message.timestamp, {{ line }}.message.event_time,
    {{ line }}.message.client_event_time, {{ line }}.message.event_timestamp,
    {{ line }}.message.time, {{ line }}.message._t,
    nullif(trim({{ line }}.message.true_tstamp), ''),
    nullif(trim({{ line }}.message.derived_tstamp), ''), {{ line }}.message.collector_tstamp,
    case
        when {{ line }}.collector = 'mixpanel'
            then {{ json_value(line ~ '.message.properties', "'time'") }}
    end
)
{%- endmacro %}
