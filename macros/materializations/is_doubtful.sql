{#
    Whether staging is likely to reject a message, so that its whole text is kept and
    its line numbered: its type, name, identifiers, properties or time do not hold.
#}
{% macro is_doubtful(line) -%}
{%- set message = line ~ '.message' -%}
coalesce({{ message }}.type, 'track')
    not in ('track', 'page', 'screen', 'identify', 'group', 'alias')
or (coalesce({{ message }}.type, 'track') = 'track' and nullif(trim(
    coalesce({{ message }}.event, {{ message }}.event_name)), '') is null)
or ({{ message }}.type = 'alias' and (
    nullif(trim(concat({{ message }}.previous_id, {{ message }}.previousid)), '') is null
    or nullif(trim(concat({{ message }}.user_id, {{ message }}.userid)), '') is null
))
or nullif(trim(coalesce(
    {{ message }}.user_id, {{ message }}.userid, {{ message }}.anonymous_id,
    {{ message }}.anonymousid, {{ message }}.device_id
)), '') is null
or left({{ message }}.properties, 1) <> '{'
or {{ line }}.told_at is null
or {{ line }}.told_at not between timestamp '1990-01-01' and timestamp '2200-01-01'
or {{ line }}.told_at > coalesce({{ line }}.received_at, {{ build_time() }}) + interval 1 day
or ({{ line }}.event_at is null and trim({{ message }}.timestamp) <> '')
{%- endmacro %}
