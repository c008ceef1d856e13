{#
    The collector whose shape a parsed message has, or null. Segment is known by its
    camelCase keys; the project's own format is what is left once the keys that only
    another collector's objects carry are ruled out.
#}
{% macro recognise_collector(message) -%}
{%- set m = message -%}
case
    when {{ m }}.collector_tstamp is not null or {{ m }}.distinct_id is not null
        or {{ m }}.amplitude_id is not null or {{ m }}._p is not null
        or {{ m }}.mpid is not null then null
    when {{ m }}.type is not null and ({{ m }}.messageid is not null
        or {{ m }}.anonymousid is not null or {{ m }}.userid is not null
        or {{ m }}.receivedat is not null or {{ m }}.sentat is not null
        or {{ m }}.originaltimestamp is not null) then 'segment'
    when {{ m }}.timestamp is null and ({{ m }}.event_timestamp is not null
        or {{ m }}.event_type is not null or {{ m }}.time is not null
        or {{ m }}.events is not null) then null
    when {{ m }}.event is not null or {{ m }}.event_name is not null
        or {{ m }}.type in ('track', 'page', 'screen', 'identify', 'group', 'alias')
        or ({{ m }}.timestamp is not null and ({{ m }}.user_id is not null
            or {{ m }}.anonymous_id is not null or {{ m }}.device_id is not null))
        then 'throughline'
end
{%- endmacro %}
