{# The collector whose shape a parsed message has, or null; the project's own format is
   what is left once no other's keys are there. #}
{% macro recognise_collector(message) -%}
{%- set m = message -%}
coalesce({{ recognise_vendor(m) }}, case
    when {{ m }}.type is not null and coalesce({{ m }}.messageid, {{ m }}.anonymousid,
        {{ m }}.userid, {{ m }}.receivedat, {{ m }}.sentat, {{ m }}.originaltimestamp)
        is not null then {{ segment_or_rudderstack(m) }}
    when coalesce({{ m }}.event, {{ m }}.event_name) is not null
        or {{ m }}.type in ('track', 'page', 'screen', 'identify', 'group', 'alias')
        or ({{ m }}.timestamp is not null and coalesce({{ m }}.user_id,
            {{ m }}.anonymous_id, {{ m }}.device_id) is not null) then 'throughline'
end)
{%- endmacro %}
