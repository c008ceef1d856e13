{{ config(meta={'follows': 'events'}) }}

with identified_events as (
    select * from {{ ref('identified_events') }}
),

personal_properties as (
    select
        event_name,
        property_name,
        path
    from {{ ref('planned_properties') }}
    where is_pii
),

personal_names as (
    select * from {{ ref('personal_names') }}
),

patterns as (
    select {{ joined_texts('pattern', "'|'", 'property_name') }} as pattern
    from personal_names
    having count(*) > 0
),

-- A property is personal in the events for which the plan says so, a trait of a person
-- in all of them.
carried as (
    select
        identified_events.event_key,
        'properties' as part,
        personal_properties.property_name,
        {{ json_at('identified_events.properties', 'personal_properties.path') }}
            as value,
        {{ is_without_consent('identified_events') }} as is_without_consent
    from identified_events
    inner join personal_properties
        on identified_events.event_name = personal_properties.event_name

    union all

    select
        identified_events.event_key,
        'user_properties' as part,
        personal_names.property_name,
        {{ json_at('identified_events.user_properties', 'personal_names.path') }}
            as value,
        {{ is_without_consent('identified_events') }} as is_without_consent
    from identified_events
    inner join personal_names
        on contains(identified_events.user_properties, personal_names.property_name)

    union all

    select
        identified_events.event_key,
        '$set_once' as part,
        personal_names.property_name,
        {{ json_at(
            json_at('identified_events.user_properties', "'/$set_once'"),
            'personal_names.path'
        ) }} as value,
        {{ is_without_consent('identified_events') }} as is_without_consent
    from identified_events
    inner join personal_names
        on contains(identified_events.user_properties, personal_names.property_name)
    where contains(identified_events.user_properties, '$set_once')
),

patches as (
    select
        carried.event_key,
        carried.part,
        {{ collect_object(
            'carried.property_name',
            json_string(
                'case when not carried.is_without_consent then '
                ~ hash_personal(json_text('carried.value')) ~ ' end'
            )
        ) }} as patch
    from carried
    where
        carried.value is not null
        and {{ json_kind('carried.value') }} <> 'null'
    group by carried.event_key, carried.part
),

concerned as (
    select event_key from patches

    union

    select identified_events.event_key
    from identified_events
    inner join patterns
        on {{ has_match('identified_events.context', 'patterns.pattern') }}
),

patched as (
    select
        identified_events.event_key,
        {{ merge_objects('identified_events.properties', 'own.patch') }} as properties,
        {{ merge_objects('identified_events.user_properties', 'persons.patch') }}
            as user_properties,
        case
            when once.patch is not null
                then {{ json_at('identified_events.user_properties', "'/$set_once'") }}
        end as traits_once,
        once.patch as patch_once,
        {{ without_personal('identified_events.context', 'patterns.pattern') }}
            as context
    from identified_events
    inner join concerned
        on identified_events.event_key = concerned.event_key
    cross join patterns
    left join patches as own
        on identified_events.event_key = own.event_key and own.part = 'properties'
    left join patches as persons
        on
            identified_events.event_key = persons.event_key
            and persons.part = 'user_properties'
    left join patches as once
        on identified_events.event_key = once.event_key and once.part = '$set_once'
)

-- In a context personal values may lie anywhere: there they are struck out.
select
    patched.event_key,
    patched.properties,
    {{ with_key(
        'patched.user_properties', '$set_once',
        merge_objects('patched.traits_once', 'patched.patch_once')
    ) }} as user_properties,
    patched.context
from patched
