-- The funnel purchase, asked of any relation with person_id, event_name and
-- occurred_at.
{{ funnel_of(
    ref('events'),
    ['Product Viewed', 'Product Added', 'Checkout Started', 'Order Completed'],
    window_seconds=7 * 86400
) }}
