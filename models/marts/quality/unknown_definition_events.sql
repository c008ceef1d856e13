with definition_cells as (
    select * from {{ ref('definition_cells') }}
),

event_groups as (
    select distinct group_type from {{ ref('event_groups') }}
),

defined as (
    select
        definition_cells.file,
        definition_cells.row_number,
        definition_cells.column_name,
        definition_cells.value,
        {{ defined_name('definition_cells.value') }} as event_name
    from definition_cells
    where
        definition_cells.value is not null
        and (
            definition_cells.format = 'event'
            or definition_cells.column_name = 'source_event_name'
        )

    union all

    select * from {{ ref('path_event_cells') }}
),

known as (
    select
        event_names.event_name,
        cast(null as string) as file
    from {{ ref('event_names') }} as event_names

    union

    select
        {{ snake_case('tracking_plan_events.event') }} as event_name,
        cast(null as string) as file
    from {{ ref('tracking_plan_events') }} as tracking_plan_events

    union

    select
        {{ snake_case('coalesce(' ~ cell('activity') ~ ', ' ~ cell('event') ~ ')') }}
            as event_name,
        definitions.file
    from {{ ref('definitions') }} as definitions
    where definitions.file in ('named_events', 'activities')

    union

    select
        built_in.event_name,
        cast(null as string) as file
    from (values ('*'), ('any'), ('session_started'), ('first_seen')) as built_in (
        event_name
    )
),

unknown as (
    select
        defined.*,
        later.event_name is not null as is_defined_later
    from defined
    left join known
        on
            defined.event_name = known.event_name
            and {{ may_be_made_of('defined', 'known') }}
    left join known as later
        on
            defined.event_name = later.event_name
            and not {{ may_be_made_of('defined', 'later') }}
    where known.event_name is null
),

guessed as (
    select
        unknown.*,
        known.event_name as nearest_name,
        {{ edit_distance('unknown.event_name', 'known.event_name') }} as distance
    from unknown
    inner join known
        on {{ may_be_made_of('unknown', 'known') }}
    where known.event_name <> '*'
    qualify row_number() over (
        partition by unknown.file, unknown.row_number, unknown.column_name
        order by distance, known.event_name
    ) = 1
)

select
    guessed.file,
    guessed.row_number,
    guessed.column_name,
    guessed.value,
    concat(
        'seeds/definitions/', guessed.file, '.csv, row ',
        cast(guessed.row_number as string), ', column ', guessed.column_name,
        ': no event is named ''', guessed.value, ''', neither in the data nor in the',
        ' tracking plan nor in named_events.csv',
        case
            when guessed.is_defined_later
                then concat(
                    '; a named event, and a path, is made of events of the data, an',
                    ' activity also of named events.'
                )
            when guessed.distance <= 1 + length(guessed.event_name) / 4
                then concat('; did you mean ''', guessed.nearest_name, '''?')
            else '.'
        end
    ) as message
from guessed

union all

select
    definition_cells.file,
    definition_cells.row_number,
    definition_cells.column_name,
    definition_cells.value,
    concat(
        'seeds/definitions/', definition_cells.file, '.csv, row ',
        cast(definition_cells.row_number as string), ', column unit: no event is of a',
        ' group of type ''', definition_cells.value,
        '''; without groups a unit is person or session.'
    ) as message
from definition_cells
where
    definition_cells.format = 'unit'
    and definition_cells.value not in ('person', 'session')
    and definition_cells.value not in (select event_groups.group_type from event_groups)
