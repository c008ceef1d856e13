{{ config(meta={'follows': 'people'}) }}

with group_types as (
    select * from {{ ref('group_types') }}
),

event_contents as (
    select
        event_key,
        group_ids
    from {{ ref('event_contents') }}
    where group_ids is not null
),

session_events as (
    select * from {{ ref('session_events') }}
    where person_id is not null
),

carried as (
    select
        session_events.event_key,
        session_events.person_id,
        session_events.occurred_at,
        session_events.person_position,
        group_types.group_type,
        nullif(
            {{ json_value('event_contents.group_ids', 'group_types.group_type') }}, ''
        ) as group_id
    from event_contents
    inner join session_events
        on event_contents.event_key = session_events.event_key
    cross join group_types
),

-- Of several groups said at the same moment the last one holds from there on.
joined as (
    select carried.*
    from carried
    where carried.group_id is not null
    qualify row_number() over (
        partition by carried.person_id, carried.group_type, carried.occurred_at
        order by carried.person_position desc
    ) = 1
),

placed as (
    select
        session_events.event_key,
        session_events.person_id,
        joined.group_type,
        joined.group_id
    from session_events
    cross join group_types
    {{ join_nearest(
        "inner", "joined", {
            "session_events.person_id": "person_id",
            "group_types.group_type": "group_type",
        }, "session_events.occurred_at", ">=", "occurred_at"
    ) }}
)

select
    placed.event_key,
    placed.person_id,
    placed.group_type,
    coalesce(carried.group_id, placed.group_id) as group_id
from placed
left join carried
    on
        placed.event_key = carried.event_key
        and placed.group_type = carried.group_type
