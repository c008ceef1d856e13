{{ config(meta={'follows': 'events'}) }}

with identified_events as (
    select * from {{ ref('identified_events') }}
),

personal_patches as (
    select * from {{ ref('personal_patches') }}
),

personal_names as (
    select * from {{ ref('personal_names') }}
),

patterns as (
    select {{ joined_texts('pattern', "'|'", 'property_name') }} as pattern
    from personal_names
    having count(*) > 0
),

own_patterns as (
    select
        planned_properties.event_name,
        {{ joined_texts(
            'personal_names.pattern', "'|'", 'personal_names.property_name'
        ) }} as pattern
    from {{ ref('planned_properties') }} as planned_properties
    inner join personal_names
        on planned_properties.property_name = personal_names.property_name
    where planned_properties.is_pii
    group by planned_properties.event_name
),

concerned as (
    select event_key from personal_patches

    union

    select identified_events.event_key
    from identified_events
    inner join patterns
        on
            {{ has_match('identified_events.context', 'patterns.pattern') }}
            or {{ has_match('identified_events.user_properties', 'patterns.pattern') }}

    union

    select identified_events.event_key
    from identified_events
    inner join own_patterns
        on
            identified_events.event_name = own_patterns.event_name
            and {{ has_match('identified_events.properties', 'own_patterns.pattern') }}
),

patched as (
    select
        identified_events.event_key,
        {{ without_personal_below(
            'identified_events.properties', 'own.patch', 'own_patterns.pattern'
        ) }} as properties,
        {{ without_personal_below(
            'identified_events.user_properties', 'persons.patch', 'patterns.pattern'
        ) }} as user_properties,
        case when once.patch is not null then {{ without_personal_below(
            json_at('identified_events.user_properties', "'/$set_once'"),
            'once.patch', 'patterns.pattern'
        ) }} end as traits_once,
        {{ without_personal('identified_events.context', 'patterns.pattern') }}
            as context
    from identified_events
    inner join concerned
        on identified_events.event_key = concerned.event_key
    cross join patterns
    left join own_patterns
        on identified_events.event_name = own_patterns.event_name
    left join personal_patches as own
        on identified_events.event_key = own.event_key and own.part = 'properties'
    left join personal_patches as persons
        on
            identified_events.event_key = persons.event_key
            and persons.part = 'user_properties'
    left join personal_patches as once
        on identified_events.event_key = once.event_key and once.part = '$set_once'
)

-- In a context, and inside objects, personal values may lie anywhere: there they are
-- struck out.
select
    patched.event_key,
    patched.properties,
    {{ with_key('patched.user_properties', '$set_once', 'patched.traits_once') }}
        as user_properties,
    patched.context
from patched
