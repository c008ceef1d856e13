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

traits as (
    select
        identified_events.event_key,
        personal_names.property_name,
        personal_names.path,
        identified_events.user_properties,
        {{ json_at('identified_events.user_properties', "'/$set_once'") }} as set_once,
        {{ is_without_consent('identified_events') }} as is_without_consent
    from identified_events
    inner join personal_names
        on contains(identified_events.user_properties, personal_names.property_name)
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
        traits.event_key,
        'user_properties' as part,
        traits.property_name,
        {{ json_at('traits.user_properties', 'traits.path') }} as value,
        traits.is_without_consent
    from traits

    union all

    select
        traits.event_key,
        '$set_once' as part,
        traits.property_name,
        {{ json_at('traits.set_once', 'traits.path') }} as value,
        traits.is_without_consent
    from traits
)

select
    carried.event_key,
    carried.part,
    {{ collect_object(
        'carried.property_name',
        json_string(
            "case when not carried.is_without_consent and "
            ~ json_kind('carried.value') ~ " <> 'null' then "
            ~ hash_personal(json_text('carried.value')) ~ ' end'
        )
    ) }} as patch
from carried
where carried.value is not null
group by carried.event_key, carried.part
