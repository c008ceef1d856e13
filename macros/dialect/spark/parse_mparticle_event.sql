{% macro spark__parse_mparticle_event(event) -%}
{%- set data = json_map(event) ~ "['data']" -%}
{%- set action = json_map(data) ~ "['product_action']" -%}
{{ json_struct(event, [
    'event_type'
], others={
    'data': json_struct(data, [
        'event_id', 'source_message_id', 'session_uuid', 'session_id',
        'timestamp_unixtime_ms', 'event_name', 'screen_name', 'custom_event_type',
        'currency_code'
    ], ['custom_attributes'], others={
        'product_action': json_struct(action, [
            'action', 'transaction_id', 'total_amount'
        ], ['products']),
    }),
}) }}
{%- endmacro %}
