with staged_events as (
    select * from {{ ref('staged_events') }}
),

described_events as (
    select * from {{ ref('described_events') }}
),

event_contents as (
    select * from {{ ref('event_contents') }}
),

definitions as (
    select * from {{ ref('definitions') }}
),

definition_columns as (
    select * from {{ ref('definition_columns') }}
),

event_parts as (
    select * from {{ ref('event_parts') }}
),

traffic_channels as (
    select * from {{ ref('traffic_channels') }}
),

-- Which property of which event a row of the definitions needs: the row names both.
needed as (
    select distinct
        event_parts.event_name,
        {{ json_value('definitions.cells', 'properties.column_name') }} as property_name
    from definitions
    inner join definition_columns as properties
        on
            definitions.file = properties.file
            and properties.format = 'event_property'
    inner join definition_columns as names
        on
            definitions.file = names.file
            and names.format = 'event'
    inner join event_parts
        on
            event_parts.event = {{ defined_name(
                json_value('definitions.cells', 'names.column_name')
            ) }}

    union

    select
        event_parts.event_name,
        event_parts.property_name
    from event_parts

    union

    select
        event_parts.event_name,
        {{ cell('breakdown_property') }} as property_name
    from definitions
    inner join definitions as steps
        on
            steps.file = 'funnel_steps'
            and {{ cell('funnel', 'steps') }} = {{ cell('funnel') }}
    inner join event_parts
        on event_parts.event = {{ defined_name(cell('event', 'steps')) }}
    where definitions.file = 'funnels'
),

named as (
    select * from needed
    where property_name is not null
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
        named.property_name
    from staged_events
    inner join named
        on
            named.event_name = '*'
            and staged_events.is_interaction
            and not exists (
                select 1 from named as own
                where
                    own.event_name = staged_events.event_name
                    and own.property_name = named.property_name
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
