with collected_events as (
    select * from {{ ref('collected_events') }}
),

source_names as (
    select distinct
        collected_events.event_type,
        collected_events.source_event_name
    from collected_events
)

select
    source_names.event_type,
    source_names.source_event_name,
    case source_names.event_type
        when 'page' then 'page_viewed'
        when 'screen' then 'screen_viewed'
        when 'track' then {{ snake_case('source_names.source_event_name') }}
        else source_names.event_type
    end as event_name
from source_names
