{{ config(materialized='view') }}

-- Which events were touched is known before any is judged.
-- depends_on: {{ ref('event_copies') }}

with collected_events as (
    select * from {{ ref('collected_events') }}
),

event_names as (
    select * from {{ ref('event_names') }}
),

personal_names as (
    select {{ joined_texts('pattern', "'|'", 'property_name') }} as pattern
    from {{ ref('personal_names') }}
),

-- A line without an id has one made of what it says, and of which of its equals it is.
with_ids as (
    select
        {{ all_but('collected_events', ['event_id', 'duplicate_key']) }},
        nullif(trim(collected_events.duplicate_key), '') as duplicate_key,
        {{ event_id_of('collected_events') }} as event_id
    from collected_events
)

select
    {{ all_but('with_ids', ['payload']) }},
    case
        when {{ is_without_consent('with_ids') }}
            then {{ withheld_payload('with_ids') }}
        else {{ shown_payload('with_ids.payload') }}
    end as payload,
    event_names.event_name
from with_ids
left join event_names
    on
        with_ids.event_type = event_names.event_type
        and with_ids.source_event_name
        is not distinct from event_names.source_event_name
