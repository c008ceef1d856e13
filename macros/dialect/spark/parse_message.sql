{% macro spark__parse_message(line) -%}
{{ json_struct(line, [
    'type', 'event', 'event_name', 'event_id', 'messageId', 'user_id', 'userId',
    'anonymous_id', 'anonymousId', 'device_id', 'session_id', 'previous_id',
    'previousId', 'groupId', 'timestamp', 'originalTimestamp', 'sentAt', 'received_at',
    'receivedAt', 'channel', 'collector_tstamp', 'distinct_id', 'amplitude_id',
    'event_properties', 'client_event_time', 'event_time', 'event_type',
    'event_timestamp', 'user_pseudo_id', 'time', 'identity', 'from_user_id', '_p', '_n',
    '_t', 'server_received_time', 'created_at', 'uuid', 'derived_tstamp', 'true_tstamp',
    'domain_userid', 'rudderId', 'request_ip'
], [
    'name', 'properties', 'traits', 'user_properties', 'context', 'groups',
    'mergeProperties', 'events', 'event_params', 'category'
]) }}
{%- endmacro %}
