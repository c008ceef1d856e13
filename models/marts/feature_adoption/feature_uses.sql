{{ config(meta={'follows': 'people'}) }}

with feature_definitions as (
    select * from {{ ref('feature_definitions') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

property_values as (
    select * from {{ ref('property_values') }}
)

-- With a property, each of its values is a feature of its own.
select
    feature_definitions.feature_name,
    case
        when feature_definitions.feature_property is null
            then feature_definitions.feature_name
        else concat(
            feature_definitions.feature_name, ': ', property_values.property_value
        )
    end as feature,
    matched_events.person_id,
    matched_events.is_interaction,
    matched_events.occurred_at
from feature_definitions
inner join matched_events
    on feature_definitions.event = matched_events.event
left join property_values
    on
        matched_events.event_key = property_values.event_key
        and feature_definitions.feature_property = property_values.property_name
where
    feature_definitions.feature_property is null
    or nullif(property_values.property_value, '') is not null
