with definitions as (
    select * from {{ ref('definitions') }}
),

definition_columns as (
    select * from {{ ref('definition_columns') }}
),

event_parts as (
    select * from {{ ref('event_parts') }}
),

-- Which property of which event a row of the definitions needs: the row names both, or
-- the row that it refers to names the event.
named as (
    select
        {{ json_value('definitions.cells', 'names.column_name') }} as event,
        {{ json_value('definitions.cells', 'properties.column_name') }} as property_name
    from definitions
    inner join definition_columns as properties
        on
            definitions.file = properties.file
            and properties.format in ('event_property', 'own_property')
    inner join definition_columns as names
        on
            definitions.file = names.file
            and names.format = 'event'
    -- A retention is broken down by its cohort event, and adds up its returns; a
    -- feature is broken down by what begins a person's time.
    where
        case definitions.file
            when 'retentions'
                then
                    (properties.column_name = 'breakdown_property')
                    = (names.column_name = 'cohort_event')
            when 'features'
                then
                    (properties.column_name = 'breakdown_property')
                    = (names.column_name = 'since_event')
            else true
        end

    union all

    select
        {{ cell('event', 'steps') }} as event,
        {{ json_value('definitions.cells', 'properties.column_name') }} as property_name
    from definitions
    inner join definition_columns as properties
        on
            definitions.file = properties.file
            and properties.format = 'event_property'
    inner join definitions as steps
        on
            steps.file = 'funnel_steps'
            and {{ cell('funnel', 'steps') }} = {{ cell('funnel') }}
    where definitions.file = 'funnels'

    union all

    select
        {{ cell('exposure_event', 'experiments') }} as event,
        {{ cell('segment_property') }} as property_name
    from definitions
    inner join definitions as experiments
        on
            experiments.file = 'experiments'
            and {{ cell('experiment', 'experiments') }} = {{ cell('experiment') }}
    where definitions.file = 'experiment_segments'
),

needed as (
    select
        event_parts.event,
        event_parts.event_name,
        named.property_name
    from named
    inner join event_parts
        on event_parts.event = {{ defined_name('named.event') }}

    union

    select
        event_parts.event,
        event_parts.event_name,
        event_parts.property_name
    from event_parts
)

select
    needed.event,
    needed.event_name,
    needed.property_name,
    {{ is_prefixed_property('needed.property_name') }} as is_prefixed
from needed
where needed.property_name is not null
