{# Whether a row of event_devices is the one of an event: the same user agent, and the
   same browser, system and kind of device as the collector sent them. #}
{% macro is_device_of(event, device) -%}
{{ event }}.user_agent is not distinct from {{ device }}.user_agent
and {{ event }}.sent_browser is not distinct from {{ device }}.sent_browser
and {{ event }}.sent_os is not distinct from {{ device }}.sent_os
and {{ event }}.sent_device_type is not distinct from {{ device }}.sent_device_type
{%- endmacro %}
