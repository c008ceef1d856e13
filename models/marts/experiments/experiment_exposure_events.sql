with experiment_definitions as (
    select * from {{ ref('experiment_definitions') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

event_property_values as (
    select * from {{ ref('event_property_values') }}
),

staged_events as (
    select
        event_key,
        user_agent,
        browser as sent_browser,
        os as sent_os,
        device_type as sent_device_type
    from {{ ref('staged_events') }}
),

event_devices as (
    select * from {{ ref('event_devices') }}
    where is_bot
),

exposed as (
    select
        experiment_definitions.experiment,
        matched_events.event_key,
        matched_events.person_id,
        matched_events.person_position,
        variant_values.property_value as variant,
        matched_events.occurred_at as exposed_at
    from experiment_definitions
    inner join matched_events
        on experiment_definitions.exposure_event = matched_events.event
    inner join event_property_values as variant_values
        on
            matched_events.event_key = variant_values.event_key
            and experiment_definitions.variant_property = variant_values.property_name
    left join event_property_values as experiment_values
        on
            matched_events.event_key = experiment_values.event_key
            and experiment_definitions.experiment_property
            = experiment_values.property_name
    where
        experiment_definitions.experiment_property is null
        or experiment_values.property_value = experiment_definitions.experiment_value
)

select
    exposed.*,
    event_devices.is_bot is not null as is_bot
from exposed
inner join staged_events
    on exposed.event_key = staged_events.event_key
left join event_devices
    on {{ is_device_of('staged_events', 'event_devices') }}
