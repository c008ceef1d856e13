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
        cast(user_properties as string) as user_properties
    from {{ ref('event_contents') }}
    where user_properties is not null
),

said as (
    select
        session_events.person_id,
        session_events.person_position,
        session_events.occurred_at,
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

valued as (
    select
        named.*,
        {{ json_at('named.user_properties', json_path_to('named.trait')) }}
            as set_value,
        {{ json_at('named.set_once', json_path_to('named.trait')) }} as once_value
    from named
    where named.trait <> '$set_once'
),

-- What is set once may stand among the others too, and is then the same; null is no
-- word.
words as (
    select
        valued.*,
        valued.set_value is not null
        and {{ json_kind('valued.set_value') }} <> 'null' as is_set,
        case when valued.is_said_apart then valued.once_value else valued.set_value end
            as trait_value,
        valued.is_said_apart or coalesce(valued.once_value = valued.set_value, false)
            as is_set_once
    from valued
)

select
    words.person_id,
    words.trait,
    words.person_position,
    words.is_known,
    words.is_set_once,
    cast(words.trait_value as string) as trait_value,
    words.occurred_at
from words
where
    words.trait_value is not null
    and {{ json_kind('words.trait_value') }} <> 'null'
    and not (words.is_said_apart and words.is_set)
