{#
    The keys of an own-format line that have no meaning of their own, as an object. Most
    lines have none, which counting their keys tells faster than removing the others.
#}
{% macro other_keys(line, message) -%}
{%- set known = [
    'type', 'event', 'event_name', 'event_id', 'user_id', 'anonymous_id', 'device_id',
    'session_id', 'previous_id', 'timestamp', 'received_at', 'properties',
    'user_properties', 'context', 'groups', 'name'
] -%}
case
    when {{ json_key_count(line) }} <> cast(
        {{ message }}.{{ known | join(' is not null as int) + cast(' ~ message ~ '.') }}
        is not null as int
    )
        then {{ without_keys(line, known) }}
end
{%- endmacro %}
