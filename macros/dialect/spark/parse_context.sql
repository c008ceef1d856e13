{% macro spark__parse_context(context) -%}
{{ json_struct(context, [
    'userAgent', 'user_agent', 'ip', 'locale', 'groupId', 'sessionId', 'channel',
    'platform'
], ['consent', 'consentManagement'], objects=[
    'page', 'campaign', 'device', 'os', 'browser', 'library', 'app', 'location'
]) }}
{%- endmacro %}
