{#
    The collector whose shape a parsed message has, or null. Segment is known by its
    camelCase keys; the project's own format is what is left once the keys that only
    another collector's objects carry are ruled out.
#}
{% macro recognise_collector(message) -%}
case
    when coalesce({{ message }}.collector_tstamp, {{ message }}.distinct_id,
        {{ message }}.amplitude_id, {{ message }}._p, {{ message }}.mpid) is not null
        then null
    when {{ message }}.type is not null and coalesce({{ message }}.messageid,
        {{ message }}.anonymousid, {{ message }}.userid, {{ message }}.receivedat,
        {{ message }}.sentat, {{ message }}.originaltimestamp) is not null
        then 'segment'
    when {{ message }}.timestamp is null and coalesce({{ message }}.event_timestamp,
        {{ message }}.event_type, {{ message }}.time, {{ message }}.events) is not null
        then null
    when coalesce({{ message }}.event, {{ message }}.event_name) is not null
        or {{ message }}.type in
            ('track', 'page', 'screen', 'identify', 'group', 'alias')
        or ({{ message }}.timestamp is not null and coalesce({{ message }}.user_id,
            {{ message }}.anonymous_id, {{ message }}.device_id) is not null)
        then 'throughline'
end
{%- endmacro %}
