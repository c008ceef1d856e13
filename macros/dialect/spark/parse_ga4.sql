{% macro spark__parse_ga4(line) -%}
{%- set device = json_map(line) ~ "['device']" -%}
{{ json_struct(line, [
    'event_timestamp', 'event_name', 'stream_id', 'event_server_timestamp_offset',
    'user_pseudo_id', 'user_id', 'event_bundle_sequence_id', 'batch_page_id',
    'batch_ordering_id', 'batch_event_index', 'platform'
], ['event_params', 'user_properties', 'privacy_info'], objects=[
    'geo', 'app_info', 'collected_traffic_source', 'ecommerce'
], others={
    'device': json_struct(device, [
        'category', 'operating_system', 'language'
    ], objects=['web_info']),
}) }}
{%- endmacro %}
