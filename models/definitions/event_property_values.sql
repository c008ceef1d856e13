{{ config(meta={'follows': 'events'}) }}

with staged_events as (
    select * from {{ ref('staged_events') }}
),

described_events as (
    select * from {{ ref('described_events') }}
),

event_contents as (
    select * from {{ ref('event_contents') }}
),

traffic_channels as (
    select * from {{ ref('traffic_channels') }}
),

named as (
    select distinct
        event_name,
        property_name
    from {{ ref('needed_properties') }}
    where not is_prefixed
),

-- A session begins with any interaction, and any event may be a person's first.
named_of_any as (
    select
        property_name,
        bool_or(event_name = 'first_seen') as is_of_all
    from named
    where event_name in ('*', 'session_started', 'first_seen')
    group by property_name
),

wanted as (
    select
        staged_events.event_key,
        named.property_name
    from staged_events
    inner join named
        on staged_events.event_name = named.event_name

    union all

    select
        staged_events.event_key,
        named_of_any.property_name
    from staged_events
    inner join named_of_any
        on named_of_any.is_of_all or staged_events.is_interaction
    where
        not exists (
            select 1 from named as own
            where
                own.event_name = staged_events.event_name
                and own.property_name = named_of_any.property_name
        )
),

carried as (
    select
        wanted.event_key,
        wanted.property_name,
        {{ json_value('event_contents.properties', 'wanted.property_name') }}
            as property_value
    from wanted
    inner join event_contents
        on wanted.event_key = event_contents.event_key
),

-- A property that the event does not carry may be one of the lifted columns.
lifted as (
    select
        carried.property_name,
        described_events.*,
        traffic_channels.channel
    from carried
    inner join described_events
        on carried.event_key = described_events.event_key
    left join traffic_channels
        on {{ is_traffic_of('described_events', 'traffic_channels') }}
    where
        carried.property_value is null
        and {{ is_lifted_column('carried.property_name') }}
)

select * from carried
where
    carried.property_value is not null
    or not {{ is_lifted_column('carried.property_name') }}

union all

select
    lifted.event_key,
    lifted.property_name,
    {{ json_value(row_as_json('lifted'), 'lifted.property_name') }} as property_value
from lifted
