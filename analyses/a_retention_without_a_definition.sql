-- The retention signup_to_order, asked of any relation of events.
{{ retention_of(
    ref('events'), 'Signed Up', 'Order Completed', period='week', period_count=8
) }}
