{{ config(meta={'fingerprint': 'content'}) }}

with definitions as (
    select * from {{ ref('definitions') }}
),

composed_names as (
    select {{ snake_case(cell('event')) }} as event
    from definitions
    where definitions.file = 'named_events'

    union

    select {{ snake_case(cell('activity')) }} as event
    from definitions
    where definitions.file = 'activities'
),

features as (
    select
        {{ cell('feature') }} as feature_name,
        {{ defined_name(cell('event')) }} as event,
        {{ cell('feature_property') }} as feature_property,
        {{ defined_name(cell('since_event')) }} as since_event,
        {{ cell('breakdown_property') }} as breakdown_property,
        {{ cell('cohort') }} as cohort
    from definitions
    where definitions.file = 'features'
)

-- Features of one audience are compared with the same people.
select
    features.*,
    concat(
        features.since_event, ' ', coalesce(features.cohort, ''), ' ',
        coalesce(features.breakdown_property, '')
    ) as audience,
    features.feature_property is null
    and features.event not in ('*', 'any', 'session_started', 'first_seen')
    and composed_names.event is null as is_plain_event
from features
left join composed_names
    on features.event = composed_names.event
