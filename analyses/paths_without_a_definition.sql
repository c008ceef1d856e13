-- The paths pages_in_session, asked of a query of events that says what the nodes are.
{%- set views -%}
(
    select
        event_id,
        session_id,
        occurred_at,
        is_interaction,
        case
            when page_path like '/products/%' then 'product page'
            else coalesce(
                nullif(trim(trailing '/' from page_path), ''), left(page_path, 1)
            )
        end as page
    from {{ ref('events') }}
    where event_name in ('page_viewed', 'screen_viewed')
)
{%- endset %}
{{ paths_of(views, item='page') }}
