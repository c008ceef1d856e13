with identified_events as (
    select * from {{ ref('identified_events') }}
),

invalid_events as (
    select * from {{ ref('invalid_events') }}
),

planned_events as (
    select * from {{ ref('planned_events') }}
),

planned_properties as (
    select * from {{ ref('planned_properties') }}
),

tracking_plan_rules as (
    select * from {{ ref('tracking_plan_rules') }}
    where policy <> 'allow'
),

name_faults as (
    select * from {{ ref('name_faults') }}
),

property_faults as (
    select * from {{ ref('property_faults') }}
),

carried_keys as (
    select
        identified_events.event_key,
        identified_events.event_name,
        {{ json_object_keys('identified_events.properties') }} as property_name
    from identified_events
    inner join planned_events
        on identified_events.event_name = planned_events.event_name
    where identified_events.event_type in ('track', 'page', 'screen')
),

faults as (
    select
        identified_events.event_key,
        cast(null as varchar) as property_name,
        name_faults.rule,
        name_faults.expected,
        identified_events.source_event_name as actual
    from identified_events
    inner join name_faults
        on identified_events.source_event_name = name_faults.source_event_name
    where identified_events.event_type = 'track'

    union all

    select distinct
        carried_keys.event_key,
        carried_keys.property_name,
        'unplanned_property' as rule,
        'a property of the plan' as expected,
        cast(null as varchar) as actual
    from carried_keys
    where
        not exists (
            select 1 from planned_properties
            where
                planned_properties.event_name = carried_keys.event_name
                and planned_properties.property_name = carried_keys.property_name
        )

    union all

    select * from property_faults
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
    faults.actual
from faults
inner join tracking_plan_rules
    on faults.rule = tracking_plan_rules.rule
inner join identified_events
    on faults.event_key = identified_events.event_key
where
    not exists (
        select 1 from invalid_events
        where invalid_events.event_key = faults.event_key
    )
