{{ config(materialized='view') }}

with readable as (
    select
        collected_events.event_key,
        collected_events.group_ids,
        {{ is_without_consent('collected_events') }} as is_without_consent,
        case
            when hashed_events.event_key is not null then hashed_events.properties
            else collected_events.properties
        end as properties,
        case
            when hashed_events.event_key is not null then hashed_events.user_properties
            else collected_events.user_properties
        end as user_properties,
        case
            when hashed_events.event_key is not null then hashed_events.context
            else collected_events.context
        end as context
    from {{ ref('collected_events') }} as collected_events
    left join {{ ref('hashed_events') }} as hashed_events
        on collected_events.event_key = hashed_events.event_key
)

select
    readable.event_key,
    {{ as_json(without_ip(
        'case when readable.is_without_consent then '
        ~ without_identifiers('readable.properties')
        ~ ' else readable.properties end'
    )) }} as properties,
    case
        when not readable.is_without_consent
            then {{ as_json(without_ip('readable.user_properties')) }}
    end as user_properties,
    case
        when not readable.is_without_consent
            then {{ as_json(without_ip('readable.context')) }}
    end as context,
    case when not readable.is_without_consent then readable.group_ids end as group_ids
from readable
