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

    union

    select
        event_parts.event_name,
        {{ cell('segment_property') }} as property_name
    from definitions
    inner join definitions as experiments
        on
            experiments.file = 'experiments'
            and {{ cell('experiment', 'experiments') }} = {{ cell('experiment') }}
    inner join event_parts
        on event_parts.event = {{ defined_name(cell('exposure_event', 'experiments')) }}
    where definitions.file = 'experiment_segments'
)

select * from needed
where property_name is not null
