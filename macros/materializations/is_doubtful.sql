{#
    Whether staging is likely to reject a message, so that its whole text is kept:
    nothing says whose event it is, its time cannot be read or lies ahead of its
    receipt, it has no name, or its properties are no object.
#}
{% macro is_doubtful(message) -%}
coalesce({{ message }}.user_id, {{ message }}.userid, {{ message }}.anonymous_id,
    {{ message }}.anonymousid, {{ message }}.device_id) is null
or coalesce({{ message }}.event, {{ message }}.event_name, {{ message }}.type, 'track')
    = 'track'
or left({{ message }}.properties, 1) <> '{'
or coalesce({{ parse_timestamp(message ~ '.timestamp') }} > coalesce({{ parse_timestamp(
    'coalesce(' ~ message ~ '.received_at, ' ~ message ~ '.receivedat)'
) }}, {{ build_time() }}) + interval 1 day, true)
{%- endmacro %}
