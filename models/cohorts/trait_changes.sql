{{ config(meta={'follows': 'people'}) }}

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
    where event_type <> 'group'
),

event_contents as (
    select
        event_key,
        user_properties,
        {{ json_at('user_properties', "'/$set_once'") }} as set_once
    from {{ ref('event_contents') }}
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
        ) }} as property_value,
        {{ json_value(
            'event_contents.set_once', 'substr(needed_properties.property_name, 6)'
        ) }} as once_value
    from event_contents
    inner join session_events
        on event_contents.event_key = session_events.event_key
    inner join staged_events
        on event_contents.event_key = staged_events.event_key
    cross join needed_properties
),

-- What is set once may stand among the others too, and is then the same.
words as (
    select
        said.*,
        coalesce(said.property_value, said.once_value) as word,
        case
            when not coalesce(said.property_value = said.once_value, false)
                then said.property_value
        end as latest_word
    from said
    where coalesce(said.property_value, said.once_value) is not null
),

-- The latest word counts, of what is set once the first; a known person's beats an
-- anonymous one. Of a moment the last word stands.
settled as (
    select
        words.person_id,
        words.property_name,
        words.occurred_at,
        coalesce(
            last_value(
                case when words.is_known then words.latest_word end ignore nulls
            ) over so_far,
            last_value(words.latest_word ignore nulls) over so_far,
            first_value(
                case when words.is_known then words.word end ignore nulls
            ) over so_far,
            first_value(words.word) over so_far
        ) as property_value,
        row_number() over (
            partition by words.person_id, words.property_name, words.occurred_at
            order by words.person_position desc
        ) as place_from_last
    from words
    window so_far as (
        partition by words.person_id, words.property_name
        order by words.person_position
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
