{{ config(meta={'follows': 'lines', 'journals': 'events'}) }}

with collected_events as (
    select * from {{ ref('collected_events') }}
)

-- Copies of one event share their copy_key, whatever else they say.
select
    coalesce(collected_events.line_key, collected_events.event_key) as line_key,
    collected_events.event_key,
    {{ hash_key('collected_events.collector', event_id_of('collected_events')) }}
        as copy_key
from collected_events
