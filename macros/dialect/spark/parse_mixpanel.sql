{% macro spark__parse_mixpanel(line) -%}
{%- set properties = json_map(line) ~ "['properties']" -%}
{{ json_struct(line, [
    'event'
], others={
    'properties': json_struct(properties, [
        'time', 'distinct_id', '$insert_id', '$device_id', '$user_id', 'alias',
        'mp_processing_time_ms', '$identified_id', '$anon_id', '$anon_distinct_id',
        '$current_url', 'current_url', 'current_page_title', '$referrer', '$browser',
        '$os', '$device', 'mp_country_code', '$region', '$city', '$ip', 'ip',
        '$app_version_string', 'mp_lib', '$lib', '$user_agent'
    ], ['$groups'], others={
        '$distinct_ids':
            "from_json(" ~ json_map(properties) ~ "['$distinct_ids'], 'array<string>')",
    }),
}) }}
{%- endmacro %}
