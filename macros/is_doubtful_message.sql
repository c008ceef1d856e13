{# Whether a message of the project's own format, or Segment's, may lack what it needs. #}
{% macro is_doubtful_message(message) -%}
coalesce({{ message }}.type, 'track')
    not in ('track', 'page', 'screen', 'identify', 'group')
or (coalesce({{ message }}.type, 'track') = 'track' and nullif(trim(
    coalesce({{ message }}.event, {{ message }}.event_name)), '') is null)
or nullif(trim(coalesce(
    {{ message }}.user_id, {{ message }}.userid, {{ message }}.anonymous_id,
    {{ message }}.anonymousid, {{ message }}.device_id
)), '') is null
{%- endmacro %}
