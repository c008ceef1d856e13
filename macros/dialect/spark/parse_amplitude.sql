{% macro spark__parse_amplitude(line) -%}
{{ json_struct(line, [
    'uuid', '$insert_id', 'insert_id', 'device_id', 'user_id', 'event_type',
    'session_id', 'event_time', 'time', 'client_event_time', 'client_upload_time',
    'server_received_time', 'server_upload_time', 'platform', 'os_name', 'device_type',
    'device_family', 'country', 'region', 'city', 'ip_address', 'ip', 'language',
    'version_name', 'app_version', 'library', 'user_agent'
], [
    'event_properties', 'user_properties', 'groups', 'group_properties'
]) }}
{%- endmacro %}
