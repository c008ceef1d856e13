{{ config(meta={'follows': 'events'}) }}

with accepted_events as (
    select * from {{ ref('accepted_events') }}
),

shared_events as (
    select * from {{ ref('shared_events') }}
),

collected_events as (
    select * from {{ ref('collected_events') }}
),

left_out as (
    select * from {{ ref('internal_events') }}
    where action = 'filter'
),

-- The copy that was received first survives, of Mixpanel's the one processed last, but
-- none that a rule filters where another is kept; copies received at the same time are
-- told apart by what they say, and equal ones by the name of their file.
ranked as (
    select
        accepted_events.event_key,
        accepted_events.file_name,
        accepted_events.collector,
        row_number() over (
            partition by
                accepted_events.collector, accepted_events.event_id,
                accepted_events.duplicate_key
            order by
                left_out.event_key is not null asc,
                case
                    when accepted_events.collector = 'mixpanel'
                        then accepted_events.received_at
                end desc nulls last,
                accepted_events.received_at asc nulls last,
                accepted_events.occurred_at asc,
                accepted_events.event_name asc,
                accepted_events.user_id asc nulls last,
                accepted_events.anonymous_id asc nulls last,
                cast(collected_events.properties as string) asc nulls last,
                cast(collected_events.context as string) asc nulls last,
                cast(collected_events.user_properties as string) asc nulls last,
                accepted_events.file_name asc,
                accepted_events.event_key asc
        ) as copy_rank
    from accepted_events
    inner join shared_events
        on accepted_events.event_key = shared_events.event_key
    inner join collected_events
        on accepted_events.event_key = collected_events.event_key
    left join left_out
        on accepted_events.event_key = left_out.event_key
)

select
    ranked.event_key,
    ranked.file_name,
    ranked.collector
from ranked
where ranked.copy_rank > 1
