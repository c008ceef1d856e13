{% macro spark__parse_mparticle(line) -%}
{{ json_struct(line, [
    'mpid', 'source_request_id', 'environment', 'ip', 'timestamp_unixtime_ms'
], ['user_attributes', 'consent_state'], objects=[
    'user_identities', 'device_info', 'application_info'
], others={
    'events':
        "from_json(" ~ json_map(line) ~ "['events'], 'array<string>')",
}) }}
{%- endmacro %}
