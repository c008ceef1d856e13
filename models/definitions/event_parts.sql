with definitions as (
    select * from {{ ref('definitions') }}
),

definition_columns as (
    select * from {{ ref('definition_columns') }}
),

-- The names of events that the definitions use.
referenced_events as (
    select distinct
        {{ defined_name(
            json_value('definitions.cells', 'definition_columns.column_name')
        ) }} as event
    from definitions
    inner join definition_columns
        on definitions.file = definition_columns.file
    where
        definition_columns.format = 'event'
        and {{ json_value('definitions.cells', 'definition_columns.column_name') }}
        is not null
),

named_events as (
    select
        {{ snake_case(cell('event')) }} as event,
        cast({{ whole_cell('alternative') }} as string) as alternative,
        {{ defined_name(cell('source_event_name')) }} as event_name,
        {{ cell('property_name') }} as property_name,
        {{ cell('operator') }} as operator,
        {{ cell('property_value') }} as property_value
    from definitions
    where definitions.file = 'named_events'
),

activities as (
    select
        {{ snake_case(cell('activity')) }} as activity,
        {{ defined_name(cell('event')) }} as event
    from definitions
    where definitions.file = 'activities'
),

-- A name that is no activity stands for itself.
members as (
    select
        referenced_events.event,
        coalesce(activities.event, referenced_events.event) as member
    from referenced_events
    left join activities
        on referenced_events.event = activities.activity
)

select
    members.event,
    concat(members.member, ' ', coalesce(named_events.alternative, '')) as alternative,
    case
        when named_events.event is not null then named_events.event_name
        when members.member = 'any' then '*'
        else members.member
    end as event_name,
    named_events.property_name,
    named_events.operator,
    named_events.property_value
from members
left join named_events
    on members.member = named_events.event
