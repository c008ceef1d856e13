{% macro spark__without_identifiers(properties) -%}
{%- set names = [
    'user_id', 'userId', 'anonymous_id', 'anonymousId', 'device_id', 'deviceId',
    'distinct_id', 'client_id', 'session_id', 'sessionId', 'ga_session_id', 'email', 'phone'
] + (click_parameters("paid") ~ "|" ~ click_parameters("any")).split("|") -%}
{{ without_keys(
    "regexp_replace(" ~ properties ~ ", r'(\"[a-zA-Z][a-zA-Z0-9+.-]*://[^\"?#]*)"
    ~ "[?#](?:[^\"\\\\]|\\\\[^\\n])*+', '$1')",
    names
) }}
{%- endmacro %}
