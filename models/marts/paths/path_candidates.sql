{{ config(materialized='view') }}

with path_definitions as (
    select * from {{ ref('path_definitions') }}
),

session_events as (
    select * from {{ ref('session_events') }}
    where
        is_interaction
        and person_id is not null
),

events as (
    select * from {{ ref('staged_events') }}
),

placed as (
    select
        path_definitions.path_report,
        path_definitions.item as item_type,
        session_events.event_key,
        session_events.event_name,
        session_events.person_id,
        session_events.person_position,
        session_events.occurred_at,
        case path_definitions.unit
            when 'session' then session_events.session_id
            else session_events.person_id
        end as unit_id
    from path_definitions
    inner join session_events
        on
            (
                path_definitions.item = 'event_name'
                or session_events.event_name = 'page_viewed'
            )
            and session_events.occurred_at
            >= coalesce(path_definitions.path_from, timestamp '0001-01-01')
            and session_events.occurred_at
            < coalesce(path_definitions.path_until, timestamp '9999-01-01')
)

select
    placed.path_report,
    placed.person_id,
    placed.unit_id,
    placed.person_position,
    placed.occurred_at,
    placed.event_name as item
from placed
where placed.item_type = 'event_name'

union all

select
    placed.path_report,
    placed.person_id,
    placed.unit_id,
    placed.person_position,
    placed.occurred_at,
    {{ path_item('events.page_path', "'page_path'") }} as item
from placed
inner join events
    on placed.event_key = events.event_key
where placed.item_type = 'page_path'
