with definitions as (
    select * from {{ ref('definitions') }}
    where file = 'features'
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

event_property_values as (
    select * from {{ ref('event_property_values') }}
),

features as (
    select
        {{ cell('feature') }} as feature,
        {{ defined_name(cell('event')) }} as event,
        {{ cell('feature_property') }} as feature_property
    from definitions
)

-- With a property, each of its values is a feature of its own.
select
    case
        when features.feature_property is null then features.feature
        else concat(features.feature, ': ', event_property_values.property_value)
    end as feature,
    matched_events.person_id,
    matched_events.occurred_at
from features
inner join matched_events
    on features.event = matched_events.event
left join event_property_values
    on
        matched_events.event_key = event_property_values.event_key
        and features.feature_property = event_property_values.property_name
where
    features.feature_property is null
    or nullif(event_property_values.property_value, '') is not null
