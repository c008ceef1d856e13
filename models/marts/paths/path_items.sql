{{ config(materialized='view') }}

with path_definitions as (
    select * from {{ ref('path_definitions') }}
),

path_item_names as (
    select * from {{ ref('path_item_names') }}
),

session_events as (
    select * from {{ ref('session_events') }}
    where
        is_interaction
        and person_id is not null
),

page_views as (
    select
        event_key,
        page_path
    from {{ ref('staged_events') }}
    where event_name = 'page_viewed'
),

sources as (
    select
        session_events.person_id,
        session_events.session_id,
        session_events.person_position,
        session_events.occurred_at,
        'event_name' as item_type,
        session_events.event_name as source_name
    from session_events

    union all

    select
        session_events.person_id,
        session_events.session_id,
        session_events.person_position,
        session_events.occurred_at,
        'page_path' as item_type,
        page_views.page_path as source_name
    from session_events
    inner join page_views
        on session_events.event_key = page_views.event_key
)

select
    path_definitions.path_report,
    sources.person_id,
    case path_definitions.unit
        when 'session' then sources.session_id
        else sources.person_id
    end as unit_id,
    sources.person_position,
    sources.occurred_at,
    path_item_names.item
from sources
inner join path_item_names
    on
        sources.item_type = path_item_names.item_type
        and sources.source_name = path_item_names.source_name
inner join path_definitions
    on
        path_item_names.path_report = path_definitions.path_report
        and sources.occurred_at >= path_definitions.path_from
        and sources.occurred_at < path_definitions.path_until
where path_definitions.unit = 'person' or sources.session_id is not null
