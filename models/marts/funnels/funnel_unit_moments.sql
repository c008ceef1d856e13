{{ config(materialized='view') }}

with followed_events as (
    select distinct
        unit,
        event,
        event_number
    from {{ ref('funnel_plain_steps') }}
    where is_direct
)

select
    followed_events.unit,
    matched_events.person_id,
    case when followed_events.unit = 'session' then matched_events.session_id end
        as holder_id,
    case
        when followed_events.unit = 'session' then matched_events.session_id
        else matched_events.person_id
    end as unit_id,
    {{ list_in_order(
        moment_number('matched_events.occurred_at')
        ~ ' * 1024 + followed_events.event_number',
        'matched_events.person_position'
    ) }} as moments
from {{ ref('matched_events') }} as matched_events
inner join followed_events
    on matched_events.event = followed_events.event
where followed_events.unit = 'person' or matched_events.session_id is not null
group by all
