-- The metric orders of checkout_button, asked of a query with a row for each person:
-- the variant first seen, of those who saw only one, and the orders of 14 days after.
{%- set units -%}
(
    with exposures as (
        select
            person_id,
            min({{ json_value('properties', "'variant'") }}) as variant,
            min(occurred_at) as exposed_at
        from {{ ref('events') }}
        where event_name = 'experiment_viewed' and not is_bot
        group by person_id
        having count(distinct {{ json_value('properties', "'variant'") }}) = 1
    )

    select
        exposures.person_id,
        exposures.variant,
        count(orders.event_id) as orders
    from exposures
    left join {{ ref('events') }} as orders
        on
            exposures.person_id = orders.person_id
            and orders.event_name = 'order_completed'
            and orders.occurred_at
            between exposures.exposed_at and exposures.exposed_at + interval 14 day
    group by exposures.person_id, exposures.variant
)
{%- endset %}
{{ experiment_of(units, 'orders') }}
