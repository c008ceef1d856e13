-- Who takes up what, asked of a query of events: everybody in it counts as active.
{%- set doings -%}
(
    select * from {{ ref('events') }}
    where is_interaction or event_name in ('order_completed', 'feature_used')
)
{%- endset %}
{{ adoption_of(doings, ['Order Completed', 'Feature Used']) }}
