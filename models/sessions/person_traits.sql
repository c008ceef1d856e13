{{ config(meta={'follows': 'people'}) }}

with session_events as (
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
        cast(user_properties as varchar) as user_properties
    from {{ ref('event_contents') }}
    where user_properties is not null
),

said as (
    select
        session_events.person_id,
        session_events.person_position,
        staged_events.known_user_id is not null as is_known,
        event_contents.user_properties,
        {{ json_at('event_contents.user_properties', "'/$set_once'") }} as set_once
    from event_contents
    inner join session_events
        on event_contents.event_key = session_events.event_key
    inner join staged_events
        on event_contents.event_key = staged_events.event_key
    where left(event_contents.user_properties, 1) = '{'
),

named as (
    select
        said.*,
        {{ json_object_keys('said.user_properties') }} as trait,
        false as is_said_apart
    from said

    union all

    select
        said.*,
        {{ json_object_keys('said.set_once') }} as trait,
        true as is_said_apart
    from said
    where said.set_once is not null
),

words as (
    select
        named.person_id,
        named.person_position,
        named.is_known,
        named.trait,
        named.is_said_apart,
        {{ json_at('named.user_properties', json_path_to('named.trait')) }}
            as set_value,
        {{ json_at('named.set_once', json_path_to('named.trait')) }} as once_value
    from named
    where named.trait <> '$set_once'
),

-- What is set once may stand among the others too, and is then the same.
valued as (
    select
        words.person_id,
        words.person_position,
        words.is_known,
        words.trait,
        words.is_said_apart
        or coalesce(words.once_value = words.set_value, false) as is_set_once,
        case when words.is_said_apart then words.once_value else words.set_value end
            as trait_value
    from words
)

-- The latest word counts, of what is set once the first; a known person's beats an
-- anonymous one.
select
    valued.person_id,
    valued.trait,
    cast(coalesce(
        max_by(valued.trait_value, (valued.is_known, valued.person_position))
        filter (where not valued.is_set_once),
        min_by(valued.trait_value, (not valued.is_known, valued.person_position))
        filter (where valued.is_set_once)
    ) as varchar) as trait_value
from valued
where
    valued.trait_value is not null
    and {{ json_kind('valued.trait_value') }} <> 'null'
group by valued.person_id, valued.trait
