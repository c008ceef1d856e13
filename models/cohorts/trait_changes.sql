with needed_properties as (
    select distinct property_name
    from {{ ref('needed_properties') }}
    where property_name like 'user.%'
),

session_events as (
    select * from {{ ref('session_events') }}
    where person_id is not null
),

staged_events as (
    select * from {{ ref('staged_events') }}
),

event_contents as (
    select * from {{ ref('event_contents') }}
    where user_properties is not null
),

said as (
    select
        session_events.person_id,
        needed_properties.property_name,
        session_events.occurred_at,
        session_events.person_position,
        staged_events.known_user_id is not null as is_known,
        {{ json_value(
            'event_contents.user_properties',
            'substr(needed_properties.property_name, 6)'
        ) }} as property_value
    from event_contents
    inner join session_events
        on event_contents.event_key = session_events.event_key
    inner join staged_events
        on event_contents.event_key = staged_events.event_key
    cross join needed_properties
),

-- Of a moment the last word counts; a known person's beats an anonymous one.
settled as (
    select
        said.person_id,
        said.property_name,
        said.occurred_at,
        coalesce(
            last_value(
                case when said.is_known then said.property_value end ignore nulls
            ) over words,
            said.property_value
        ) as property_value,
        row_number() over (
            partition by said.person_id, said.property_name, said.occurred_at
            order by said.person_position desc
        ) as place_from_last
    from said
    where said.property_value is not null
    window words as (
        partition by said.person_id, said.property_name
        order by said.person_position
        rows unbounded preceding
    )
)

select
    settled.person_id,
    settled.property_name,
    settled.property_value,
    settled.occurred_at
from settled
where settled.place_from_last = 1
