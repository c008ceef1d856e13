{#
    A JSON object of properties without what tells who somebody is: the ids of persons,
    devices, sessions and clicks, contact data, and what follows the path of any URL in it.
#}
{% macro without_identifiers(properties) %}
    {{- return(adapter.dispatch("without_identifiers")(properties)) -}}
{% endmacro %}

{% macro duckdb__without_identifiers(properties) -%}
{%- set names = [
    'user_id', 'userId', 'anonymous_id', 'anonymousId', 'device_id', 'deviceId',
    'distinct_id', 'client_id', 'session_id', 'sessionId', 'ga_session_id', 'email', 'phone'
] + (click_parameters("paid") ~ "|" ~ click_parameters("any")).split("|") -%}
{{ without_keys(
    "regexp_replace(" ~ properties ~ ", '(\"[a-zA-Z][a-zA-Z0-9+.-]*://[^\"?#]*)"
    ~ "[?#](?:[^\"\\\\]|\\\\.)*', '\\1', 'g')",
    names
) }}
{%- endmacro %}
