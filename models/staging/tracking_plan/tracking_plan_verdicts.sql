{{ config(meta={'follows': 'events'}) }}

with planned_properties as (
    select * from {{ ref('planned_properties') }}
),

tracking_plan_rules as (
    select * from {{ ref('tracking_plan_rules') }}
    where policy <> 'allow'
),

value_faults as (
    select * from {{ ref('value_faults') }}
),

carried_keys as (
    select
        identified_events.event_key,
        identified_events.event_name,
        identified_events.collector,
        {{ json_object_keys('identified_events.properties') }} as property_name
    from {{ ref('identified_events') }} as identified_events
    inner join {{ ref('planned_events') }} as planned_events
        on identified_events.event_name = planned_events.event_name
    where identified_events.event_type in ('track', 'page', 'screen')
),

-- Only the events whose property has a fault anywhere are read again.
faulty_properties as (
    select distinct
        value_faults.event_name,
        value_faults.property_name,
        value_faults.path,
        value_faults.is_pii
    from value_faults
),

carried_values as (
    select
        identified_events.event_key,
        faulty_properties.event_name,
        faulty_properties.property_name,
        {{ shown_value(
            json_at('identified_events.properties', 'faulty_properties.path'),
            'faulty_properties.is_pii'
        ) }} as value
    from {{ ref('identified_events') }} as identified_events
    inner join faulty_properties
        on identified_events.event_name = faulty_properties.event_name
    where identified_events.event_type in ('track', 'page', 'screen')
),

faults as (
    select
        identified_events.event_key,
        cast(null as string) as property_name,
        name_faults.rule,
        name_faults.expected,
        identified_events.source_event_name as actual
    from {{ ref('identified_events') }} as identified_events
    inner join {{ ref('name_faults') }} as name_faults
        on identified_events.source_event_name = name_faults.source_event_name
    where identified_events.event_type = 'track'

    union all

    select distinct
        carried_keys.event_key,
        carried_keys.property_name,
        'unplanned_property' as rule,
        'a property of the plan' as expected,
        cast(null as string) as actual
    from carried_keys
    where
        not {{ is_added_property('carried_keys') }}
        and not exists (
            select 1 from planned_properties
            where
                planned_properties.event_name = carried_keys.event_name
                and planned_properties.property_name = carried_keys.property_name
        )

    union all

    select
        carried_values.event_key,
        carried_values.property_name,
        value_faults.rule,
        value_faults.expected,
        value_faults.actual
    from carried_values
    inner join value_faults
        on
            carried_values.event_name = value_faults.event_name
            and carried_values.property_name = value_faults.property_name
            and carried_values.value is not distinct from value_faults.value
)

select
    faults.event_key,
    identified_events.file_name,
    identified_events.collector,
    identified_events.event_id,
    identified_events.event_name,
    identified_events.occurred_at,
    faults.property_name,
    faults.rule,
    tracking_plan_rules.policy,
    faults.expected,
    case
        when faults.actual is null or faults.property_name is null then faults.actual
        else coalesce(
            {{ unless_denied('identified_events', 'faults.actual') }}, '(withheld)'
        )
    end as actual
from faults
inner join tracking_plan_rules
    on faults.rule = tracking_plan_rules.rule
inner join {{ ref('identified_events') }} as identified_events
    on faults.event_key = identified_events.event_key
where
    not exists (
        select 1 from {{ ref('invalid_events') }} as invalid_events
        where invalid_events.event_key = faults.event_key
    )
