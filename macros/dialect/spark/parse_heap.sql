{% macro spark__parse_heap(line) -%}
{{ json_struct(line, [
    'event_id', 'user_id', 'identity', 'session_id', 'time', 'event_name', 'type',
    'from_user_id', 'to_user_id', 'path', 'domain', 'query', 'hash', 'title',
    'referrer', 'library', 'platform', 'browser', 'device_type', 'device', 'country',
    'region', 'city', 'ip', 'app_version', 'utm_source', 'utm_medium', 'utm_campaign',
    'utm_term', 'utm_content'
]) }}
{%- endmacro %}
