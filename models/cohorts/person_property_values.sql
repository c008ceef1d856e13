{{ config(meta={'follows': 'people'}) }}

with wanted as (
    select * from {{ ref('wanted_properties') }}
),

trait_changes as (
    select * from {{ ref('trait_changes') }}
),

sessions as (
    select * from {{ ref('sessions') }}
),

session_events as (
    select * from {{ ref('session_events') }}
),

described_events as (
    select * from {{ ref('described_events') }}
),

event_contents as (
    select * from {{ ref('event_contents') }}
),

event_property_values as (
    select * from {{ ref('event_property_values') }}
),

of_sessions as (
    select distinct property_name
    from wanted
    where property_name like 'session.%'
),

-- Of sessions each value is read once, however many events ask for it.
session_values as (
    select
        sessions.session_id,
        of_sessions.property_name,
        {{ json_value(
            row_as_json('sessions'), 'substr(of_sessions.property_name, 9)'
        ) }} as property_value
    from sessions
    cross join of_sessions
),

-- What happens by itself has the properties of the event that shows it.
showing as (
    select
        wanted.person_id,
        wanted.property_name,
        session_events.channel,
        described_events.*
    from wanted
    inner join session_events
        on wanted.event_key = session_events.event_key
    inner join described_events
        on wanted.event_key = described_events.event_key
    left join event_property_values
        on
            wanted.event_key = event_property_values.event_key
            and wanted.property_name = event_property_values.property_name
    where
        not wanted.is_prefixed
        and event_property_values.event_key is null
)

select
    wanted.event_key,
    wanted.person_id,
    wanted.property_name,
    trait_changes.property_value
from wanted
{{ join_nearest(
    'left', 'trait_changes',
    {'wanted.person_id': 'person_id', 'wanted.property_name': 'property_name'},
    'wanted.occurred_at', '>=', 'occurred_at'
) }}
where wanted.property_name like 'user.%'

union all

select
    wanted.event_key,
    wanted.person_id,
    wanted.property_name,
    session_values.property_value
from wanted
left join session_values
    on
        wanted.session_id = session_values.session_id
        and wanted.property_name = session_values.property_name
where wanted.property_name like 'session.%'

union all

select
    showing.event_key,
    showing.person_id,
    showing.property_name,
    coalesce(
        {{ json_value('event_contents.properties', 'showing.property_name') }},
        case
            when {{ is_lifted_column('showing.property_name') }}
                then {{ json_value(row_as_json('showing'), 'showing.property_name') }}
        end
    ) as property_value
from showing
inner join event_contents
    on showing.event_key = event_contents.event_key
